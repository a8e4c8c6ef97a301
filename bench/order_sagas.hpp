#pragma once

#include <tusker/bench/event_workload.hpp>

#include <vector>

namespace tusker::bench {

/// w6: orders that a saga brings to their end, 64 at a time, against a raw program with the same writes.
[[nodiscard]] auto run_order_sagas(const workload_options& options) -> result<std::vector<measurement>>;
/// w6f: the same, and each tenth payment fails.
[[nodiscard]] auto run_failing_order_sagas(const workload_options& options)
    -> result<std::vector<measurement>>;

} // namespace tusker::bench
