#pragma once

#include <tusker/bench/workload.hpp>

namespace tusker::bench {

/// growth: appends through the journal's contract, 64 items a batch, until the journal holds 10,000,000 events. Each is
/// of one of some hot streams, chosen at random, and leaves a receipt, as a command's does. Claims: at the end at least
/// 0.7 of the speed after the first tenth; on disk at most 1.5 times what events and receipts are.
[[nodiscard]] auto prepare_growth(CLI::App& command) -> workload_run;

} // namespace tusker::bench
