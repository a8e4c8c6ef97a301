#pragma once

namespace tusker::bench {

/// Gives what the allocator holds and nobody uses back to the system, be it glibc's or jemalloc: what is left of
/// `RssAnon` is in use.
void give_back_free_memory();

} // namespace tusker::bench
