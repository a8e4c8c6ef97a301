#pragma once

#include <tusker/bench/workload.hpp>

namespace tusker::bench {

/// w6: orders that a saga brings to their end, 64 at a time, against raw programs with the same writes.
[[nodiscard]] auto prepare_order_sagas(CLI::App& command) -> workload_run;
/// w6f: the same, and each tenth payment fails.
[[nodiscard]] auto prepare_failing_order_sagas(CLI::App& command) -> workload_run;

} // namespace tusker::bench
