#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/tail_rows.hpp>

#include <atomic>
#include <cstdint>
#include <functional>

namespace tusker {

/// Rows of the commit log on their way to LMDB.
struct rows_to_apply {
  const tail_rows& rows;
  /// The last batch among them. LMDB gets all up to it, and says so.
  std::uint64_t last = 0;
  /// Told the number of the transaction that will have them, before it commits.
  std::function<void(std::uint64_t)> announce = nullptr;
  /// Counts the bytes as they are put. May be none.
  std::atomic<std::uint64_t>* progress = nullptr;
};

/// Brings rows to LMDB in one durable transaction, in a larger map where that is needed. Errors:
/// `journal_errc::storage_full`: nothing of them is there, and it can be tried again; any other: the journal must be
/// opened again. `corrupt`: LMDB has what cannot be there.
[[nodiscard]] auto apply_rows(const lmdb_store& store, std::uint64_t map_bytes_max, const rows_to_apply& what)
    -> result<void>;

/// The last batch of the commit log that LMDB has; 0 when it never had one. Errors: as `get_system`.
[[nodiscard]] auto applied_batch(const journal_rows& rows, const lmdb_tables& tables)
    -> result<std::uint64_t>;

/// The same, as the last commit left it. Errors: as `applied_batch`, `too_many_readers`.
[[nodiscard]] auto applied_batch_of(const lmdb_store& store) -> result<std::uint64_t>;

} // namespace tusker
