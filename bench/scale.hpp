#pragma once

#include <tusker/bench/workload.hpp>

namespace tusker::bench {

/// Touches each of a million aggregates through a runtime, once for each limit of live aggregates, in closed loops.
/// Claims: with room for all of them the process's own memory stays below 2,000 MiB, with room for 50,000 below 400;
/// no more live than the limit; and while some leave for others, no second's 99th percentile is above ten times that of
/// the minute before.
[[nodiscard]] auto prepare_scale(CLI::App& command) -> workload_run;

} // namespace tusker::bench
