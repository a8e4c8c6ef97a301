#pragma once

#include <tusker/bench/event_workload.hpp>

namespace tusker::bench {

/// Events around the sizes where LMDB begins another page, stored in bare LMDB as they are and packed: space, time to
/// pack and unpack, and the speed of appends and reads with that in them. `ratio`s are to the plain ones of that size.
[[nodiscard]] auto run_value_cliff(const workload_options& options) -> result<std::vector<measurement>>;

} // namespace tusker::bench
