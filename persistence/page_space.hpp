#pragma once

#include <cstddef>

namespace tusker {

/// What a value of so many bytes under a short key takes of LMDB's pages, in bytes. Values that fit twice into a page
/// share it; a larger one has pages of its own. So the space jumps: 2,000 bytes take half a page, 2,100 a whole one.
/// Source: `mdb_node_add` of LMDB 0.9, pages of 4,096 bytes.
[[nodiscard]] constexpr auto page_space(std::size_t value_bytes) -> std::size_t {
  constexpr std::size_t page_bytes = 4'096;
  constexpr std::size_t page_header_bytes = 16;
  constexpr std::size_t node_bytes = 8 + 8 + 2; // header, key of eight bytes, pointer
  auto needed = value_bytes + node_bytes;
  auto per_page = (page_bytes - page_header_bytes) / needed;
  if (per_page >= 2)
    return page_bytes / per_page;
  auto pages = (value_bytes + page_header_bytes + page_bytes - 1) / page_bytes;
  return pages * page_bytes;
}

} // namespace tusker
