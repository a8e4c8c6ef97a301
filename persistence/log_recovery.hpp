#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/commit_log.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/logged_batch.hpp>
#include <tusker/persistence/row_change.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace tusker {

/// Opens the journal's commit log, or begins one, and makes the store's tail of what LMDB does not have of it: it can
/// be read at once, and an applier brings LMDB up behind. REQUIRES: the owner's lock is held. Errors:
/// `journal_errc::corrupt`, `unsupported_format`, `storage_full`, `io_error`.
[[nodiscard]] auto recover_into_tail(lmdb_store& store, const journal_options& options)
    -> result<std::unique_ptr<commit_log>>;

/// Opens it, and brings LMDB up to it, durably: then nothing needs the log any more. REQUIRES and errors: as above.
[[nodiscard]] auto recover_into_lmdb(const lmdb_store& store, const journal_options& options)
    -> result<std::unique_ptr<commit_log>>;

/// Brings LMDB up to batches that follow the last one it has, in order. Errors: as `recover_into_lmdb`.
[[nodiscard]] auto apply_batches(const lmdb_store& store, std::uint64_t map_bytes_max,
                                 std::span<const owned_batch> batches) -> result<void>;

/// Gives each change of a batch. Errors: `journal_errc::corrupt` when they cannot be read, or are of a table that this
/// program does not know.
[[nodiscard]] auto visit_changes(const logged_batch& batch,
                                 const std::function<void(const row_change&)>& take) -> result<void>;

/// Whether this program knows the table. (What becomes of the row is known where a change can be read.)
[[nodiscard]] auto is_known(const row_change& change) -> bool;

} // namespace tusker
