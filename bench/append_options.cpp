#include <tusker/bench/append_options.hpp>

#include <tusker/bench/bench_node.hpp>

#include <algorithm>
#include <system_error>

namespace tusker::bench {

void add_append_options(CLI::App& command, append_options& options) {
  command.add_option("--clients", options.clients, "Closed loops that know nothing of each other")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(1U, 10'000U));
  command
      .add_option("--seconds", options.seconds, "How long each run counts, behind half a second of warm-up")
      ->type_name("S")
      ->capture_default_str()
      ->check(CLI::Range(0.05, 86'400.0));
  command.add_option("--rounds", options.rounds, "How often each is measured, in turns; the median counts")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(1U, 1'000U));
  add_durable_option(command, options.durable);
  add_commits_option(command, options.commits);
  command.add_option("--data", options.data, "A folder for the data, which stays; none: a temporary one")
      ->type_name("DIR");
}

void add_node_options(CLI::App& command, append_options& options) {
  command.add_option("--workers", options.workers, "Threads that run a node's actors; 0: one a processor")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(std::size_t{0}, std::size_t{1'024}));
  command.add_option("--live-max", options.live_max, "Aggregates in memory at the most")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(std::size_t{1}, std::size_t{100'000'000}));
  command.add_option("--turn-max", options.turn_max, "Messages an actor handles before another has its turn")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(std::size_t{1}, std::size_t{100'000}));
}

auto node_options(const append_options& options, const std::filesystem::path& folder) -> runtime_options {
  runtime_options node;
  node.journal.directory = folder;
  node.journal.durable = options.durable;
  node.journal.commits = options.commits;
  node.commands_in_flight_max = std::max<std::size_t>(node.commands_in_flight_max, options.clients);
  node.worker_threads = options.workers;
  node.live_aggregates_max = options.live_max;
  node.messages_per_turn_max = options.turn_max;
  return node;
}

auto raw_options(const append_options& options, const std::filesystem::path& folder) -> raw_load {
  return {fresh_folder(folder), options.clients, options.seconds, options.durable};
}

auto fresh_folder(const std::filesystem::path& folder) -> std::filesystem::path {
  std::error_code ignored; // What cannot be made is found by who opens something there.
  std::filesystem::remove_all(folder, ignored);
  std::filesystem::create_directories(folder, ignored);
  return folder;
}

} // namespace tusker::bench
