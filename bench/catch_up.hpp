#pragma once

#include <tusker/bench/event_workload.hpp>

namespace tusker::bench {

/// Workload w5: reads the histories of orders in global order and makes the book of all orders in memory, through a
/// subscription and through `journal_reader::read_log`, in turns with a raw LMDB program that reads no JSON, which is
/// the limit. `ratio` is that of events a second.
[[nodiscard]] auto run_catch_up(const workload_options& options) -> result<std::vector<measurement>>;

} // namespace tusker::bench
