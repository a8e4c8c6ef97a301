#include <tusker/cli/data_options.hpp>

namespace tusker::cli {

void add_data_options(CLI::App& command, data_options& options) {
  command.add_option("--data", options.data, "The folder of the journal")->required()->type_name("DIR");
  command.add_flag("--json", options.as_json, "JSON instead of text; errors too");
}

} // namespace tusker::cli
