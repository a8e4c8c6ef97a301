#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/lmdb_structure_check.hpp>
#include <tusker/persistence/verify_notes.hpp>

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// What the checks of a journal's content work on: one snapshot, and those of its tables whose pages are sound.
class verify_scope {
public:
  /// Opens the sound tables and notes those that are missing. The references must outlive this.
  /// Errors: as `lmdb_error`.
  [[nodiscard]] static auto open(const lmdb_transaction& transaction,
                                 const std::vector<checked_table>& tables, verify_notes& notes)
      -> result<verify_scope>;

  /// Whether LMDB can be let near these tables.
  [[nodiscard]] auto has(std::initializer_list<std::string_view> names) const -> bool;

  [[nodiscard]] auto entries(std::string_view name) const -> std::uint64_t;

  /// Walks over a table; does nothing when its pages are not sound. `check` gets key and value.
  /// Errors: as `lmdb_error`.
  [[nodiscard]] auto walk(std::string_view name, std::string_view unit,
                          const std::function<void(std::string_view, std::string_view)>& check) const
      -> result<void>;

  [[nodiscard]] auto transaction() const -> const lmdb_transaction& { return transaction_; }
  [[nodiscard]] auto tables() const -> const lmdb_tables& { return tables_; }
  [[nodiscard]] auto notes() const -> verify_notes& { return notes_; }

  /// As `sys` says; 0 before that was read, or when it cannot be.
  shard_count shards;
  log_offset head;

private:
  verify_scope(const lmdb_transaction& transaction, verify_notes& notes)
      : transaction_(transaction), notes_(notes) {}

  const lmdb_transaction& transaction_;
  verify_notes& notes_;
  lmdb_tables tables_;
  std::vector<checked_table> sound_;
};

/// Bytes as hexadecimal digits, the first 48: the place of a fault in a table with binary keys.
[[nodiscard]] auto key_text(std::string_view key) -> std::string;

} // namespace tusker
