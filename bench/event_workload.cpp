#include <tusker/bench/event_workload.hpp>

#include <limits>
#include <memory>

namespace tusker::bench {

auto over_events(CLI::App& command, event_range events,
                 auto(*run)(const workload_options&)->result<std::vector<measurement>>) -> workload_run {
  auto options = std::make_shared<workload_options>();
  options->events = events.usual;
  command.add_option("--events", options->events, "How many events")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(events.least, std::numeric_limits<std::uint64_t>::max()));
  command.add_option("--rounds", options->rounds, "How often each is measured, in turns; the median counts")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(1U, 1'000U));
  command.add_option("--data", options->data, "A folder for the data, which stays; none: a temporary one")
      ->type_name("DIR");
  return [options, run] { return run(*options); };
}

} // namespace tusker::bench
