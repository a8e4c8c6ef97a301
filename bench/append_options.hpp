#pragma once

#include <tusker/bench/raw_appends.hpp>
#include <tusker/config/journal_options.hpp>
#include <tusker/config/runtime_options.hpp>

#include <CLI/CLI.hpp>

#include <cstddef>
#include <filesystem>
#include <string>

namespace tusker::bench {

/// Room for what 64 clients have under way, of sagas too: nobody comes back to an order in w1, w2 and w6, and what
/// stays in memory only makes the processor's caches miss.
constexpr std::size_t live_for_passing_orders = 512;

/// What every workload of clients takes.
struct append_options {
  unsigned clients = 1;
  double seconds = 4;      ///< Counted, of each run, behind the warm-up.
  unsigned rounds = 5;     ///< How often each system runs, in turns; the median counts.
  std::size_t workers = 0; ///< Threads that run a node's actors: `runtime_options::worker_threads`.
  std::size_t live_max = runtime_options().live_aggregates_max;
  std::size_t turn_max = runtime_options().messages_per_turn_max;
  bool has_limits = true; ///< Whether raw programs, and a node without a commit log, run too.
  bool is_watched = true; ///< Whether a node runs too that a subscription watches.
  durability durable = durability::strict;
  commit_way commits = journal_options().commits;
  std::filesystem::path data = {}; ///< Where the data go, and stay; empty: into a temporary folder.
};

/// Adds `--clients`, `--seconds`, `--rounds`, `--durability`, `--commits` and `--data`, with what stands in `options`
/// as defaults.
void add_append_options(CLI::App& command, append_options& options);

/// Adds `--workers`, `--live-max` and `--turn-max` in the same way.
void add_node_options(CLI::App& command, append_options& options);

/// Adds `--node-only`.
void add_node_only_option(CLI::App& command, append_options& options);

/// A node's options, all else as a user gets them.
[[nodiscard]] auto node_options(const append_options& options, const std::filesystem::path& folder)
    -> runtime_options;

/// The same for a raw program.
[[nodiscard]] auto raw_options(const append_options& options, const std::filesystem::path& folder)
    -> raw_load;

/// An empty folder in place of what was there.
[[nodiscard]] auto fresh_folder(const std::filesystem::path& folder) -> std::filesystem::path;

} // namespace tusker::bench
