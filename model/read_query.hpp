#pragma once

#include <tusker/model/key_range.hpp>
#include <tusker/model/read_direction.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tusker {

/// How much one scan may return. At least one row is returned where there is one, however large.
struct row_limit {
  std::size_t rows_max = 1'000;
  /// Of keys, index keys and values together.
  std::size_t bytes_max = std::size_t{8} << 20U;
};

/// Whether a slice that holds `rows` with `bytes` in all is full before one of `next_bytes`. The first always fits.
[[nodiscard]] constexpr auto is_full(std::size_t rows, std::size_t bytes, std::size_t next_bytes,
                                     const row_limit& limit) -> bool {
  return rows > 0 && (rows >= limit.rows_max || bytes + next_bytes > limit.bytes_max);
}

/// Which rows, in which order: by their keys, or by their keys in an index and, where these are equal, by their own.
struct scan_request {
  std::string table;
  /// Empty for the order of the rows' own keys.
  std::string index = {};
  /// Of the rows' keys or of index keys.
  key_range range = {};
  read_direction direction = read_direction::forward;
  row_limit limit = {};
  /// The `next` of an earlier slice of the same table, index and direction: the scan goes on behind that slice's last
  /// row, whether or not it is there still. Empty begins at the range's end.
  std::string after = {};
};

struct read_row {
  std::string key;
  std::string value;
  /// The key under which an index has it; empty when it was not found by an index.
  std::string index_key = {};

  friend auto operator==(const read_row&, const read_row&) -> bool = default;
};

/// What a row counts for in `row_limit::bytes_max`.
[[nodiscard]] inline auto size_of(const read_row& row) -> std::size_t {
  return row.key.size() + row.value.size() + row.index_key.size();
}

/// A part of a scan.
struct scan_slice {
  std::vector<read_row> rows;
  /// Where to go on: opaque bytes for `scan_request::after`. Empty at the end.
  std::string next;

  friend auto operator==(const scan_slice&, const scan_slice&) -> bool = default;
};

/// Which rows to count; of an index, its entries.
struct count_request {
  std::string table;
  /// As in `scan_request`.
  std::string index = {};
  key_range range = {};
  /// The count ends there, except that of a whole table.
  std::size_t rows_max = 10'000;
};

enum class count_kind {
  exact,    ///< So many there are.
  at_least, ///< The count ended at `rows_max`, and there are more.
};

struct row_count {
  std::uint64_t rows = 0;
  count_kind kind = count_kind::exact;

  friend auto operator==(const row_count&, const row_count&) -> bool = default;
};

struct table_summary {
  std::string name;
  std::uint64_t rows = 0;

  friend auto operator==(const table_summary&, const table_summary&) -> bool = default;
};

} // namespace tusker
