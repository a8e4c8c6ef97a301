#pragma once

#include <tusker/bench/event_workload.hpp>

namespace tusker::bench {

/// recovery: brings orders into the memory of a node that has just started, one after the other: orders of 100 events
/// and of 10,000, without a snapshot, and with one that is 50 events old. In turns with a raw program that reads all
/// events of an order by cursors, in an environment that it has just opened.
[[nodiscard]] auto run_recovery(const workload_options& options) -> result<std::vector<measurement>>;

} // namespace tusker::bench
