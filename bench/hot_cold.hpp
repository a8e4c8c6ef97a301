#pragma once

#include <tusker/bench/workload.hpp>

namespace tusker::bench {

/// hot-cold: 16 clients write to an order each, first alone, then beside 48 clients whose orders are chosen at random
/// from 100,000, for a tenth of which there is room in memory. What counts is what the 16 get.
[[nodiscard]] auto prepare_hot_cold(CLI::App& command) -> workload_run;

} // namespace tusker::bench
