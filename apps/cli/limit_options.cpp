#include <tusker/cli/limit_options.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace tusker::cli {

namespace {

constexpr auto group = "Limits of the node";

void add_count(CLI::App& command, const std::string& name, std::size_t& limit, const std::string& what) {
  command.add_option(name, limit, what)->type_name("N")->capture_default_str()->group(group);
}

void add_time(CLI::App& command, const std::string& name, std::chrono::milliseconds& limit,
              const std::string& what) {
  auto set = [&limit](std::int64_t ms) { limit = std::chrono::milliseconds(ms); };
  command.add_option_function<std::int64_t>(name, set, what)
      ->type_name("MS")
      ->default_str(std::to_string(limit.count()))
      ->group(group);
}

} // namespace

void add_limit_options(CLI::App& command, runtime_options& limits) {
  add_count(command, "--live-max", limits.live_aggregates_max, "Aggregates of one type in memory");
  add_count(command, "--recoveries-max", limits.recoveries_max,
            "Aggregates that may be reading their streams at one time");
  add_count(command, "--routers", limits.routers_per_type,
            "Routers that share a type's aggregates; 0: one a thread, 4 at most");
  add_count(command, "--worker-threads", limits.worker_threads, "Threads that run aggregates; 0: by cores");
  add_time(command, "--latency-target", limits.latency_target,
           "Lets fewer in while answers take longer than so many ms; 0: never");
  add_time(command, "--drain-timeout", limits.drain_timeout,
           "How many ms the end waits for what is under way, and again for what hangs");
}

} // namespace tusker::cli
