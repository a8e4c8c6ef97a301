#pragma once

#include <tusker/persistence/lmdb_handle.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace tusker {

/// Reads and writes rows in one transaction, by a cursor a table: one near the last is found without a way through the
/// whole table. Must end before the transaction does, which would free its cursors.
class lmdb_row_writer {
public:
  explicit lmdb_row_writer(const lmdb_transaction& transaction) : transaction_(transaction.get()) {}

  /// As `lmdb_get`: a row that is looked for is often one that is put next.
  [[nodiscard]] auto find(MDB_dbi table, std::string_view key) -> result<std::optional<std::string_view>>;
  // Errors: as the functions of LMDB's handle that are named alike.
  [[nodiscard]] auto put(MDB_dbi table, std::string_view key, std::string_view value, unsigned flags = 0)
      -> result<void>;
  [[nodiscard]] auto erase(MDB_dbi table, std::string_view key) -> result<void>;

private:
  /// Where it was last in a table.
  struct place {
    std::optional<lmdb_cursor> cursor;
    bool has_appended = false;
  };

  [[nodiscard]] auto place_in(MDB_dbi table) -> place&;
  /// The cursor at the place; a new one where there is none.
  [[nodiscard]] auto cursor_at(MDB_dbi table, place& at) -> result<lmdb_cursor*>;

  MDB_txn* transaction_;
  std::vector<place> places_;
};

} // namespace tusker
