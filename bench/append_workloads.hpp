#pragma once

#include <tusker/bench/workload.hpp>

namespace tusker::bench {

/// w1: one client appends orders to new streams, in turns with one that does the same in bare LMDB, and with one that
/// does it in a bare commit log.
[[nodiscard]] auto prepare_append_one(CLI::App& command) -> workload_run;

/// w2: the same with 64 clients. The limits: 64 threads that share commits, and one that puts 64 orders into each.
/// A run of a minute or more claims that the node's memory stays flat; limits run for ten seconds at the most.
[[nodiscard]] auto prepare_append_many(CLI::App& command) -> workload_run;

} // namespace tusker::bench
