#pragma once

#include <tusker/bench/workload.hpp>

namespace tusker::bench {

/// Offers a node ten times the commands that it takes, at fixed times whatever comes back, for a minute, after a run
/// that measures its latency unloaded and one that measures what it takes. Claims: memory stays where it was after a
/// tenth of the time; 99 of 100 refusals come within 10 ms; the 99th percentile of the others is at most five times
/// that of the unloaded run.
[[nodiscard]] auto prepare_overload(CLI::App& command) -> workload_run;

} // namespace tusker::bench
