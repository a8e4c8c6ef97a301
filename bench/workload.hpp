#pragma once

#include <tusker/bench/measurement.hpp>
#include <tusker/model/result.hpp>

#include <CLI/CLI.hpp>

#include <functional>
#include <span>
#include <vector>

namespace tusker::bench {

/// Measures. Each result is checked by the workload itself and says so in `verified`. Errors: those of the journal.
using workload_run = std::function<result<std::vector<measurement>>()>;

/// Something that can be measured by name.
struct workload {
  const char* name;
  const char* description;
  /// Adds its options to its command. What it returns is called after the line was read.
  auto(*prepare)(CLI::App& command) -> workload_run;
};

/// All of them, in the order of `--help`.
[[nodiscard]] auto workloads() -> std::span<const workload>;

} // namespace tusker::bench
