#pragma once

#include <tusker/bench/event_workload.hpp>

namespace tusker::bench {

/// Workload w5p: makes the book of all orders in a store on disk, rows and offset in one commit, by a projection of a
/// runtime; in turns with a raw LMDB program that makes the same rows with the same flags and as many events a commit,
/// which is the limit. `ratio` is that of events a second; `ratio_to_scan` is to the limit of w5, which keeps its book
/// in memory.
[[nodiscard]] auto run_projected_catch_up(const workload_options& options)
    -> result<std::vector<measurement>>;

} // namespace tusker::bench
