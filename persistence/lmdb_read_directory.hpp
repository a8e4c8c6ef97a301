#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_read_environment.hpp>
#include <tusker/persistence/projection_entry.hpp>
#include <tusker/persistence/read_store_codec.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

// What a read store knows of projections, models and tables, in one transaction. Errors of all:
// `journal_errc::corrupt`, `io_error`; of those that write, also `storage_full`.

[[nodiscard]] auto find_stored_projection(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                                          std::string_view name) -> result<std::optional<stored_projection>>;
[[nodiscard]] auto put_stored_projection(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                                         std::string_view name, const stored_projection& projection)
    -> result<void>;

/// A projection with its models.
[[nodiscard]] auto find_projection_entry(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                                         std::string_view name) -> result<std::optional<projection_entry>>;
[[nodiscard]] auto all_projection_entries(const lmdb_transaction& transaction, const lmdb_read_tables& tables)
    -> result<std::vector<projection_entry>>;

/// A model with its offsets, if it is there.
[[nodiscard]] auto find_model_entry(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                                    model_number model) -> result<std::optional<model_entry>>;

/// Adds an empty model, and gives it the next number.
[[nodiscard]] auto add_model(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                             const stored_model& model) -> result<model_number>;

/// Removes a model; what its tables hold waits to be swept. The size of this is bounded by `model_tables_max`.
[[nodiscard]] auto drop_model(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                              model_number model) -> result<void>;

[[nodiscard]] auto put_offset(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                              model_number model, log_id log, const stored_offset& offset) -> result<void>;

/// A table of a model, if a row was ever put into it.
[[nodiscard]] auto find_table(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                              model_number model, std::string_view name)
    -> result<std::optional<stored_table>>;
[[nodiscard]] auto put_table(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                             model_number model, std::string_view name, const stored_table& table)
    -> result<void>;

struct named_table {
  std::string name;
  stored_table table;
};

/// All tables of a model, by name.
[[nodiscard]] auto tables_of(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                             model_number model) -> result<std::vector<named_table>>;

/// The next number of a table.
[[nodiscard]] auto next_table(const lmdb_transaction& transaction, const lmdb_read_tables& tables)
    -> result<table_number>;

/// Lets the entries of a table wait to be swept.
[[nodiscard]] auto put_gone(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                            table_number table) -> result<void>;

} // namespace tusker
