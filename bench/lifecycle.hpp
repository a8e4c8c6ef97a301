#pragma once

#include <tusker/bench/workload.hpp>

namespace tusker::bench {

/// lifecycle: aggregates come into memory and leave it. Several times all of them come, stay until they were idle for
/// too long, and leave: whether what they took is free then, and whether they take no more the last time than the
/// first. Then each comes into a node that has room for few, so that for each that comes another one leaves.
[[nodiscard]] auto prepare_lifecycle(CLI::App& command) -> workload_run;

} // namespace tusker::bench
