#pragma once

#include <tusker/bench/workload.hpp>

namespace tusker::bench {

/// w3: 8 clients append to one stream, each with the version that it has seen last; who is refused takes the version
/// that the refusal names, and tries again. In turns with threads that do the same in bare LMDB, and with one client
/// that appends alone.
[[nodiscard]] auto prepare_conflicts(CLI::App& command) -> workload_run;

} // namespace tusker::bench
