#pragma once

#include <cstdint>
#include <string_view>

namespace tusker {

/// What becomes of a row. The numbers are stored.
enum class row_change_kind : std::uint8_t {
  put = 1,     ///< The row has this value from now on.
  put_new = 2, ///< The same; the key must not be there yet.
  erase = 3,   ///< The row is gone.
};

/// A change of one row of one table, as the commit log has it. The views are of whoever made it.
struct row_change {
  /// The place of the table in `lmdb_table_names`.
  std::uint8_t table = 0;
  row_change_kind kind = row_change_kind::put;
  std::string_view key;
  /// Empty when the row is erased.
  std::string_view value;

  friend auto operator==(const row_change&, const row_change&) -> bool = default;
};

} // namespace tusker
