#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/lmdb_data_file.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace tusker {

/// What LMDB notes of one tree of pages (its `MDB_db`): in a meta page of its two own ones, in the main tree of
/// each named table.
struct lmdb_tree {
  static constexpr std::size_t stored_bytes = 48;
  static constexpr page_number no_root = std::numeric_limits<page_number>::max();

  std::uint32_t pad = 0;   ///< Of the free list's: the size of a page.
  std::uint16_t flags = 0; ///< How keys compare, among others.
  std::uint16_t depth = 0;
  std::uint64_t branch_pages = 0;
  std::uint64_t leaf_pages = 0;
  std::uint64_t overflow_pages = 0;
  std::uint64_t entries = 0;
  page_number root = no_root;

  friend auto operator==(const lmdb_tree&, const lmdb_tree&) -> bool = default;
};

[[nodiscard]] auto decode_tree(byte_reader& in) -> lmdb_tree;

/// One of the two meta pages: the root of all, as one commit left it.
struct lmdb_meta {
  lmdb_tree free_list;
  lmdb_tree tables;
  std::uint64_t map_bytes = 0; ///< The size of its writer's map. Nobody has to believe it.
  page_number last_page = 0;
  std::uint64_t transaction = 0;

  friend auto operator==(const lmdb_meta&, const lmdb_meta&) -> bool = default;
};

/// Both meta pages of a data file that were found sound.
struct lmdb_metas {
  std::array<lmdb_meta, 2> both;
  std::size_t page_bytes = 0;

  [[nodiscard]] auto newest() const -> const lmdb_meta& {
    return both[1].transaction > both[0].transaction ? both[1] : both[0];
  }
  /// How long the file is that the newest commit speaks of.
  [[nodiscard]] auto file_bytes() const -> std::uint64_t { return (newest().last_page + 1) * page_bytes; }
};

/// Reads the two meta pages without mapping the file, and refuses what LMDB must not be let near: a file that is no
/// LMDB environment or one of another version (`journal_errc::unsupported_format`), meta pages that contradict
/// themselves or each other, or are cut off (`corrupt`). Also beside a live writer: what looks wrong is read again
/// until two readings agree. Does not say whether the file is long enough: pages at its end may be free.
/// Errors: those, and `io_error`.
[[nodiscard]] auto read_metas(const lmdb_data_file& file) -> result<lmdb_metas>;

} // namespace tusker
