#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/persistence/event_record.hpp>
#include <tusker/persistence/lmdb_store.hpp>

#include <optional>

namespace tusker {

// The directory of streams: names to numbers and back, and how far each stream is.

/// None for a stream that has no events. Errors: `journal_errc::corrupt`, `io_error`.
[[nodiscard]] auto find_stream(const lmdb_transaction& transaction, const lmdb_tables& tables,
                               const stream_id& stream) -> result<std::optional<stream_number>>;

/// Errors: `journal_errc::corrupt`, `io_error`.
[[nodiscard]] auto name_of_stream(const lmdb_transaction& transaction, const lmdb_tables& tables,
                                  stream_number number) -> result<stream_id>;

/// Gives a stream its number. REQUIRES: neither is in use. Errors: as `lmdb_put`.
[[nodiscard]] auto add_stream(const lmdb_transaction& transaction, const lmdb_tables& tables,
                              const stream_id& stream, stream_number number) -> result<void>;

/// The version of a stream's last event. Errors: `journal_errc::io_error`.
[[nodiscard]] auto head_of_stream(const lmdb_transaction& transaction, const lmdb_tables& tables,
                                  stream_number number) -> result<stream_version>;

/// The highest stream number in use; 0 when there is none. Errors: `journal_errc::io_error`.
[[nodiscard]] auto last_stream(const lmdb_transaction& transaction, const lmdb_tables& tables)
    -> result<stream_number>;

/// The offset of the last event. Errors: `journal_errc::io_error`.
[[nodiscard]] auto last_offset(const lmdb_transaction& transaction, const lmdb_tables& tables)
    -> result<log_offset>;

} // namespace tusker
