#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_read_environment.hpp>
#include <tusker/persistence/lmdb_structure_check.hpp>
#include <tusker/persistence/read_store_codec.hpp>
#include <tusker/persistence/verify_notes.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// What an entry of `table` says, and what was counted of it.
struct verified_row_table {
  std::string place; ///< Of its entry in `table`.
  stored_table stored;
  std::uint64_t rows = 0;
  std::uint64_t index_keys = 0;    ///< That its rows name.
  std::uint64_t index_entries = 0; ///< That stand in `idx`.
};

/// What the checks of a read store's content work on: one snapshot, and those of its tables whose pages are sound.
class verify_read_scope {
public:
  /// Opens the sound tables and notes those that are missing. The references must outlive this.
  /// Errors: as `lmdb_error`.
  [[nodiscard]] static auto open(const lmdb_transaction& transaction,
                                 const std::vector<checked_table>& tables, verify_notes& notes)
      -> result<verify_read_scope>;

  /// Whether LMDB can be let near this table.
  [[nodiscard]] auto has(std::string_view name) const -> bool { return sound_.contains(name); }

  /// Walks over a table; does nothing when its pages are not sound. `check` gets key and value.
  /// Errors: as `lmdb_error`.
  [[nodiscard]] auto walk(std::string_view name,
                          const std::function<void(std::string_view, std::string_view)>& check) const
      -> result<void>;

  [[nodiscard]] auto transaction() const -> const lmdb_transaction& { return transaction_; }
  [[nodiscard]] auto tables() const -> const lmdb_read_tables& { return tables_; }
  [[nodiscard]] auto notes() const -> verify_notes& { return notes_; }

  /// What was found so far, by number.
  std::map<table_number, verified_row_table> row_tables;
  std::set<table_number> gone;

private:
  verify_read_scope(const lmdb_transaction& transaction, verify_notes& notes)
      : transaction_(transaction), notes_(notes) {}

  const lmdb_transaction& transaction_;
  verify_notes& notes_;
  lmdb_read_tables tables_;
  std::map<std::string_view, MDB_dbi> sound_;
};

} // namespace tusker
