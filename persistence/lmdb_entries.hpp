#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/event_record.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/stored_receipt.hpp>
#include <tusker/persistence/stored_snapshot.hpp>

#include <optional>
#include <string>

namespace tusker {

/// The receipt under `key` (see `receipt_key`), if there is one. Errors: `journal_errc::corrupt`, `io_error`.
[[nodiscard]] auto find_receipt(const journal_rows& rows, const lmdb_tables& tables, const std::string& key)
    -> result<std::optional<stored_receipt>>;

/// Who owns a shard; epoch 0 and nobody when it was never claimed. Errors: `journal_errc::corrupt`, `io_error`.
[[nodiscard]] auto find_shard_owner(const journal_rows& rows, const lmdb_tables& tables, shard_id shard)
    -> result<shard_owner>;

/// Errors: as `lmdb_put`.
[[nodiscard]] auto put_shard_owner(const journal_rows& rows, const lmdb_tables& tables,
                                   const shard_owner& owner) -> result<void>;

/// A stream's snapshot, if it has one. Errors: `journal_errc::corrupt`, `io_error`.
[[nodiscard]] auto find_snapshot(const journal_rows& rows, const lmdb_tables& tables, stream_number stream)
    -> result<std::optional<stored_snapshot>>;

/// Errors: as `lmdb_put`.
[[nodiscard]] auto put_snapshot(const journal_rows& rows, const lmdb_tables& tables, stream_number stream,
                                const stored_snapshot& snapshot) -> result<void>;

} // namespace tusker
