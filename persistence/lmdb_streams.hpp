#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/persistence/event_record.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/lmdb_store.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tusker {

// The directory of streams: names to numbers and back, what of a stream is gone, and how far each stream is.

/// What the directory holds of a stream.
struct stream_entry {
  stream_id stream;
  /// Events of lower versions are gone.
  stream_version truncated_before;
  stream_state state = stream_state::open;

  /// Whether reads show the stream's event of this version.
  [[nodiscard]] auto shows(stream_version version) const -> bool {
    return state == stream_state::open && version >= truncated_before;
  }
};

[[nodiscard]] auto encode_stream_entry(const stream_entry& entry) -> std::string;
/// Undoes it; none when the bytes are not such an entry.
[[nodiscard]] auto decode_stream_entry(std::string_view body) -> std::optional<stream_entry>;

/// None for a stream that has no events, nor a place under its key. Errors: `journal_errc::corrupt`, `io_error`.
[[nodiscard]] auto find_stream(const journal_rows& rows, const lmdb_tables& tables, const stream_id& stream)
    -> result<std::optional<stream_number>>;

/// What stands under a stream's key; nothing of it does when nobody wrote the stream.
struct stream_place {
  std::optional<stream_number> number; ///< The stream's own.
  /// Another stream whose key is the same: only names past `whole_name_bytes_max` share one.
  std::optional<stream_id> in_the_way;
};

/// Errors: `journal_errc::corrupt`, `io_error`.
[[nodiscard]] auto place_of_stream(const journal_rows& rows, const lmdb_tables& tables,
                                   const stream_id& stream) -> result<stream_place>;

/// Errors: `journal_errc::corrupt`, `io_error`.
[[nodiscard]] auto entry_of_stream(const journal_rows& rows, const lmdb_tables& tables, stream_number number)
    -> result<stream_entry>;
/// The same through a cursor on `stream_names`, which finds what stands near its last place faster.
[[nodiscard]] auto entry_of_stream(row_cursor& names, stream_number number) -> result<stream_entry>;

/// Gives a stream its number. REQUIRES: neither is in use. Errors: as `lmdb_put`.
[[nodiscard]] auto add_stream(const journal_rows& rows, const lmdb_tables& tables, const stream_id& stream,
                              stream_number number) -> result<void>;

/// Changes what is gone of a stream. Errors: as `lmdb_put`.
[[nodiscard]] auto put_stream_entry(const journal_rows& rows, const lmdb_tables& tables, stream_number number,
                                    const stream_entry& entry) -> result<void>;

/// The version of a stream's last event, gone or not. Errors: `journal_errc::io_error`.
[[nodiscard]] auto head_of_stream(const journal_rows& rows, const lmdb_tables& tables, stream_number number)
    -> result<stream_version>;

/// The first version that reads show; one more than `head` when all are gone.
[[nodiscard]] auto first_version(const stream_entry& entry, stream_version head) -> stream_version;

/// The highest stream number in use; 0 when there is none. Errors: `journal_errc::io_error`.
[[nodiscard]] auto last_stream(const journal_rows& rows, const lmdb_tables& tables) -> result<stream_number>;

/// The offset of the last event. Errors: `journal_errc::io_error`.
[[nodiscard]] auto last_offset(const journal_rows& rows, const lmdb_tables& tables) -> result<log_offset>;

} // namespace tusker
