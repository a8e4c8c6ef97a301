#pragma once

#include <tusker/bench/workload.hpp>

#include <cstdint>
#include <filesystem>

namespace tusker::bench {

/// What every workload over a number of events takes.
struct workload_options {
  /// How many events.
  std::uint64_t events = 0;
  /// How often each thing is measured. What is compared takes turns, and the median counts.
  unsigned rounds = 5;
  /// Where the data go, and stay; empty: into a temporary folder.
  std::filesystem::path data = {};
};

/// How many events when nobody says, and how many it takes at least.
struct event_range {
  std::uint64_t usual;
  std::uint64_t least;
};

/// Adds `--events`, `--rounds` and `--data` to the command of a workload that takes those.
[[nodiscard]] auto over_events(CLI::App& command, event_range events,
                               auto(*run)(const workload_options&)->result<std::vector<measurement>>)
    -> workload_run;

} // namespace tusker::bench
