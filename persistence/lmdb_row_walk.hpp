#pragma once

#include <tusker/model/read_query.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_read_environment.hpp>
#include <tusker/persistence/read_store_codec.hpp>
#include <tusker/persistence/scan_token.hpp>

#include <optional>
#include <string>

namespace tusker {

/// Walks over the rows of a table or the entries of an index, within a range, in one direction. Gives LMDB's entries;
/// what is in them is the caller's to take apart. Errors: as `lmdb_error`. REQUIRES: it ends before the transaction.
class lmdb_row_walk {
public:
  /// Begins behind `after`, if there is one. Errors: also `read_store_errc::unknown_index`, as in `read_view`.
  [[nodiscard]] static auto begin(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                                  const stored_table& table, const scan_request& request,
                                  const std::optional<scan_place>& after) -> result<lmdb_row_walk>;

  /// Whether it stands at an entry.
  [[nodiscard]] auto is_at_entry() const -> bool { return is_at_entry_; }
  [[nodiscard]] auto cursor() const -> const lmdb_cursor& { return cursor_; }

  [[nodiscard]] auto next() -> result<void>;

private:
  lmdb_row_walk(lmdb_cursor cursor, read_direction direction)
      : cursor_(std::move(cursor)), direction_(direction) {}

  [[nodiscard]] auto settle(result<bool> found) -> result<void>;

  lmdb_cursor cursor_;
  read_direction direction_;
  std::string low_;  ///< The least key of the range.
  std::string high_; ///< The least key behind it.
  bool is_at_entry_ = false;
};

} // namespace tusker
