#pragma once

#include <tusker/bench/measurement.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace tusker::bench {

/// What every workload takes.
struct workload_options {
  /// How many events; 0: as many as the workload says.
  std::uint64_t events = 0;
  /// How often each thing is measured. What is compared takes turns, and the median counts.
  unsigned rounds = 5;
  /// Where the data go, and stay; empty: into a temporary folder.
  std::filesystem::path data = {};
};

/// Something that can be measured by name.
struct workload {
  const char* name;
  const char* description;
  /// How many events when nobody says, and how many it takes at least.
  std::uint64_t events;
  std::uint64_t events_min;
  /// Each result is checked by the workload itself and says so in `verified`. Errors: those of the journal.
  auto(*run)(const workload_options&) -> result<std::vector<measurement>>;
};

/// All of them, in the order of `--help`.
[[nodiscard]] auto workloads() -> std::span<const workload>;

} // namespace tusker::bench
