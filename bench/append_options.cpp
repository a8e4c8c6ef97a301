#include <tusker/bench/append_options.hpp>

#include <tusker/bench/bench_node.hpp>
#include <tusker/bench/common_options.hpp>

#include <algorithm>
#include <system_error>

namespace tusker::bench {

void add_append_options(CLI::App& command, append_options& options) {
  add_number_option(command, "--clients", options.clients, 1U, 10'000U,
                    "Closed loops that know nothing of each other");
  command
      .add_option("--seconds", options.seconds, "How long each run counts, behind half a second of warm-up")
      ->type_name("S")
      ->capture_default_str()
      ->check(CLI::Range(0.05, 86'400.0));
  add_number_option(command, "--rounds", options.rounds, 1U, 1'000U,
                    "How often each is measured, in turns; the median counts");
  add_durable_option(command, options.durable);
  add_commits_option(command, options.commits);
  add_data_option(command, options.data);
}

void add_node_options(CLI::App& command, append_options& options) {
  add_number_option(command, "--workers", options.workers, std::size_t{0}, std::size_t{1'024},
                    "Threads that run a node's actors; 0: one a processor");
  add_number_option(command, "--live-max", options.live_max, std::size_t{1}, std::size_t{100'000'000},
                    "Aggregates in memory at the most");
  add_number_option(command, "--turn-max", options.turn_max, std::size_t{1}, std::size_t{100'000},
                    "Messages an actor handles before another has its turn");
}

void add_node_only_option(CLI::App& command, append_options& options) {
  command.add_flag_callback(
      "--node-only", [&options] { options.has_limits = false; }, "The node alone, as for a profiler");
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
