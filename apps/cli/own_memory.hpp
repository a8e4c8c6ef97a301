#pragma once

namespace tusker::cli {

/// The process's own memory (`RssAnon` of /proc/self/status), in 2^20 bytes; 0 where that cannot be read. Pages of
/// mapped files are not in it: they are the system's cache.
[[nodiscard]] auto own_memory_mb() -> double;

} // namespace tusker::cli
