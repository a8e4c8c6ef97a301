#pragma once

#include <cstdint>

namespace tusker::bench {

/// How many bytes this process has caused to be written to storage, as Linux counts them in `/proc/self/io`; 0 where
/// that cannot be read.
[[nodiscard]] auto written_bytes() -> std::uint64_t;

} // namespace tusker::bench
