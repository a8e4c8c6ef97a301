#pragma once

#include <tusker/bench/event_workload.hpp>

namespace tusker::bench {

/// What it costs to write the event OrderCreated, of 205 bytes, as JSON, and to read it into a new struct: nanoseconds
/// of one thread. `n` is how many a round has.
[[nodiscard]] auto run_codec_cost(const workload_options& options) -> result<std::vector<measurement>>;

} // namespace tusker::bench
