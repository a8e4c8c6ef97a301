#pragma once

#include <tusker/bench/workload.hpp>

namespace tusker::bench {

/// One subscriber is far slower than what is published, another is not: memory must stay flat, and the other keep up.
[[nodiscard]] auto prepare_slow_subscriber(CLI::App& command) -> workload_run;

} // namespace tusker::bench
