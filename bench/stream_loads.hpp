#pragma once

#include <tusker/bench/workload.hpp>

namespace tusker::bench {

/// w4: one client loads orders of 100 events, chosen at random, from the store: no snapshot, no live aggregate. In
/// turns with a raw program that reads the same records by cursors and looks for their numbers.
[[nodiscard]] auto prepare_stream_loads(CLI::App& command) -> workload_run;

} // namespace tusker::bench
