#pragma once

#include <tusker/bench/workload.hpp>

namespace tusker::bench {

/// w2r: 64 clients add items to orders that are there already, each chosen at random from 100,000. Claims: no second
/// without an operation; the 99th percentile of the last part at most three times that of the first; in a run of a
/// minute or more the process's own memory at the end at most a tenth above what it had halfway. The limit, bare LMDB
/// with 64 events a commit, runs for ten seconds at the most.
[[nodiscard]] auto prepare_random_writers(CLI::App& command) -> workload_run;

} // namespace tusker::bench
