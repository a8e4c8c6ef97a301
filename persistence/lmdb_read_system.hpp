#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/projection_entry.hpp>
#include <tusker/persistence/read_store_codec.hpp>

#include <cstdint>

namespace tusker {

struct lmdb_read_tables;

/// What a read store says of itself, in its table `sys`.
struct read_system {
  std::uint32_t format = 0;
  uuid journal;
  /// The greatest numbers that were ever given.
  model_number last_model;
  table_number last_table;
};

/// Of another format only the format itself is read. Errors: `journal_errc::corrupt`, `io_error`.
[[nodiscard]] auto get_read_system(const lmdb_transaction& transaction, const lmdb_read_tables& tables)
    -> result<read_system>;

/// Errors: as `lmdb_put`.
[[nodiscard]] auto put_read_system(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                                   const read_system& system) -> result<void>;

} // namespace tusker
