#pragma once

#include <tusker/bench/event_workload.hpp>

namespace tusker::bench {

/// Reads a whole log through `journal_reader::read_log` with several filters, in turns with `scan_checksums`, which is
/// the limit. `ratio` is that of events looked at a second.
[[nodiscard]] auto run_filtered_read(const workload_options& options) -> result<std::vector<measurement>>;

} // namespace tusker::bench
