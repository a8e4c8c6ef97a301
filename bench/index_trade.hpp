#pragma once

#include <tusker/bench/event_workload.hpp>

namespace tusker::bench {

/// The events of the sample log in bare LMDB, with the journal's tables `ev` and `st`, and the same with indexes over
/// type and category beside them: what the indexes cost an append, and what they give to reading one type.
[[nodiscard]] auto run_index_trade(const workload_options& options) -> result<std::vector<measurement>>;

} // namespace tusker::bench
