#include <tusker/bench/free_memory.hpp>

#include <cstddef>

#include <malloc.h>

/// Of jemalloc, if the program is linked with it.
extern "C" [[gnu::weak]] auto mallctl(const char* name, void* old_value, std::size_t* old_bytes,
                                      void* new_value, std::size_t new_bytes) -> int;

namespace tusker::bench {

void give_back_free_memory() {
  ::malloc_trim(0);
  if (&mallctl != nullptr)
    (void)mallctl("arena.4096.purge", nullptr, nullptr, nullptr, 0); // 4096: all arenas, in jemalloc's words.
}

} // namespace tusker::bench
