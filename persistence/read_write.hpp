#pragma once

#include <tusker/model/index_entry.hpp>

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace tusker {

/// Puts a row in the place of the one under this key, if there is one. All index entries of the earlier row go; the
/// row has those that are given here.
struct put_row {
  std::string table;
  std::string key;
  std::string value;
  std::vector<index_entry> indexes = {};

  friend auto operator==(const put_row&, const put_row&) -> bool = default;
};

/// Removes a row and its index entries, if it is there.
struct erase_row {
  std::string table;
  std::string key;

  friend auto operator==(const erase_row&, const erase_row&) -> bool = default;
};

/// Removes all rows of a table. Costs no more than one row, however many there are.
struct clear_table {
  std::string table;

  friend auto operator==(const clear_table&, const clear_table&) -> bool = default;
};

/// One change of a read model; those of a commit are made in their order. Tables and indexes are there as soon as a
/// row is put into them.
using read_write = std::variant<put_row, erase_row, clear_table>;

// The contract's limits, which hold for every engine.

/// A row's key in bytes; also the key together with `ordered_text_bytes` of each of its index keys, in which a zero
/// byte counts twice and the end two.
inline constexpr std::size_t key_bytes_max = 500;
/// The name of a table or an index.
inline constexpr std::size_t table_name_bytes_max = 100;
/// Index entries of one row.
inline constexpr std::size_t row_indexes_max = 64;
/// Different indexes of a table since it was made or cleared.
inline constexpr std::size_t table_indexes_max = 64;
/// Tables of a model.
inline constexpr std::size_t model_tables_max = 256;

/// What a write counts for in `read_store_limits::commit_entries_max`: itself, and each of its index entries.
[[nodiscard]] auto entries_in(const read_write& write) -> std::size_t;

/// What a write counts for in `read_store_limits::commit_bytes_max`: key, value and index keys, in bytes.
[[nodiscard]] auto size_of(const read_write& write) -> std::size_t;

[[nodiscard]] auto table_of(const read_write& write) -> const std::string&;

} // namespace tusker
