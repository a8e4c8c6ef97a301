#pragma once

#include <tusker/bench/event_workload.hpp>
#include <tusker/bench/measurement.hpp>
#include <tusker/model/result.hpp>

#include <vector>

namespace tusker::bench {

/// w7: messages published one by one by 64 closed loops while a subscriber works; of each hundred one fails always and
/// some twice. Against raw LMDB doing one durable put a transaction from as many threads. `events` is the number of
/// messages. Errors: those of the runtime and of LMDB.
[[nodiscard]] auto run_message_queue(const workload_options& options) -> result<std::vector<measurement>>;

} // namespace tusker::bench
