#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_read_environment.hpp>
#include <tusker/persistence/read_store_codec.hpp>
#include <tusker/persistence/read_write.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// One table of a model within a writing transaction. What it notes of the table as a whole is stored by `save`, once
/// for all rows. Errors of all: `journal_errc::corrupt`, `io_error`, `storage_full`.
/// REQUIRES: transaction and tables outlive it.
class lmdb_row_table {
public:
  [[nodiscard]] static auto open(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                                 model_number model, std::string_view name) -> result<lmdb_row_table>;

  /// Errors: also `read_store_errc::too_large` when the table would have too many indexes, its model too many tables.
  [[nodiscard]] auto put(const put_row& row) -> result<void>;
  [[nodiscard]] auto erase(std::string_view key) -> result<void>;
  [[nodiscard]] auto clear() -> result<void>;

  [[nodiscard]] auto save() const -> result<void>;

private:
  lmdb_row_table(const lmdb_transaction& transaction, const lmdb_read_tables& tables, model_number model,
                 std::string_view name, std::optional<stored_table> stored)
      : transaction_(&transaction), tables_(&tables), model_(model), name_(name), stored_(std::move(stored)) {
  }

  /// What stands under a key: the index keys that have to go when it does.
  struct earlier_row {
    bool is_there = false;
    std::vector<stored_index_key> indexes;
  };

  [[nodiscard]] auto make() -> result<void>;
  [[nodiscard]] auto earlier(std::string_view key) const -> result<earlier_row>;
  [[nodiscard]] auto number_of(const std::string& index) -> result<index_number>;
  [[nodiscard]] auto numbered(const std::vector<index_entry>& entries)
      -> result<std::vector<stored_index_key>>;
  [[nodiscard]] auto move_entries(std::string_view key, const std::vector<stored_index_key>& from,
                                  const std::vector<stored_index_key>& to) -> result<void>;

  const lmdb_transaction* transaction_;
  const lmdb_read_tables* tables_;
  model_number model_;
  std::string name_;
  /// None until the first row is put.
  std::optional<stored_table> stored_;
};

} // namespace tusker
