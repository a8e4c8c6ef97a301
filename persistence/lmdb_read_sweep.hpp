#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_read_environment.hpp>

#include <cstddef>

namespace tusker {

/// Removes rows and index entries of tables that are gone, at most `entries_max` of them, and forgets the tables that
/// have none left. Returns how many entries it removed, or 1 when it only forgot tables; 0 when nothing is left.
/// Errors: as `lmdb_error`.
[[nodiscard]] auto sweep_gone_tables(const lmdb_transaction& transaction, const lmdb_read_tables& tables,
                                     std::size_t entries_max) -> result<std::size_t>;

} // namespace tusker
