#include <tusker/bench/common_options.hpp>

namespace tusker::bench {

void add_data_option(CLI::App& command, std::filesystem::path& data) {
  command.add_option("--data", data, "A folder for the data, which stays; none: a temporary one")
      ->type_name("DIR");
}

void add_result_only_option(CLI::App& command, bool& is_speed_judged) {
  command.add_flag_callback(
      "--result-only", [&is_speed_judged] { is_speed_judged = false; },
      "Judge only what does not depend on the machine");
}

} // namespace tusker::bench
