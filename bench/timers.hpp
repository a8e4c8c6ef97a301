#pragma once

#include <tusker/bench/workload.hpp>

namespace tusker::bench {

/// What timers cost: to set one beside few and beside many that wait, to start a node beside many, to fire them.
[[nodiscard]] auto prepare_timers(CLI::App& command) -> workload_run;

} // namespace tusker::bench
