#include <tusker/bench/event_workload.hpp>

#include <tusker/bench/common_options.hpp>

#include <limits>
#include <memory>

namespace tusker::bench {

auto over_events(CLI::App& command, event_range events,
                 auto(*run)(const workload_options&)->result<std::vector<measurement>>) -> workload_run {
  auto options = std::make_shared<workload_options>();
  options->events = events.usual;
  add_number_option(command, "--events", options->events, events.least,
                    std::numeric_limits<std::uint64_t>::max(), "How many events");
  add_number_option(command, "--rounds", options->rounds, 1U, 1'000U,
                    "How often each is measured, in turns; the median counts");
  add_data_option(command, options->data);
  return [options, run] { return run(*options); };
}

} // namespace tusker::bench
