#pragma once

#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/lmdb_names.hpp>
#include <tusker/persistence/lmdb_store.hpp>

#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// The reading half of the LMDB engine. Every function is one short read transaction.
class lmdb_reader {
public:
  explicit lmdb_reader(const lmdb_store& store) : store_(store) {}

  // As in `journal_reader`.
  [[nodiscard]] auto info() const -> result<journal_info>;
  [[nodiscard]] auto read_stream(const stream_id& stream, stream_version from, read_limit limit,
                                 read_direction direction) const -> result<stream_slice>;
  [[nodiscard]] auto read_log(log_offset after, read_limit limit, const log_filter& filter) const
      -> result<log_slice>;
  [[nodiscard]] auto head() const -> result<log_offset>;
  [[nodiscard]] auto stream_head(const stream_id& stream) const -> result<stream_version>;
  [[nodiscard]] auto list_streams(const std::string& category, const std::string& after,
                                  std::size_t streams_max) const -> result<std::vector<stream_summary>>;
  [[nodiscard]] auto find_receipt(const stream_id& stream, command_id command) const
      -> result<std::optional<stored_receipt>>;
  [[nodiscard]] auto read_snapshot(const stream_id& stream) const -> result<std::optional<stored_snapshot>>;
  [[nodiscard]] auto read_start(const stream_id& stream, read_limit limit) const -> result<stream_start>;
  [[nodiscard]] auto storage() const -> result<storage_stats>;
  [[nodiscard]] auto read_timers(shard_id shard, const std::optional<timer_key>& after, timestamp until,
                                 std::size_t timers_max) const -> result<std::vector<timer_entry>>;
  [[nodiscard]] auto read_outbox(shard_id shard, const std::optional<uuid>& after,
                                 std::size_t entries_max) const -> result<std::vector<outbox_entry>>;
  [[nodiscard]] auto read_notes(const stream_id& owner, const note_range& range, std::size_t notes_max) const
      -> result<std::vector<stream_note>>;
  [[nodiscard]] auto shard_owners() const -> result<std::vector<shard_owner>>;

private:
  /// What a slice is read of.
  struct slice_source {
    const journal_rows& rows;
    const stream_id& stream;
    stream_number number;
  };

  [[nodiscard]] auto read_slice(const slice_source& of, stream_version from, read_limit limit,
                                read_direction direction) const -> result<stream_slice>;
  [[nodiscard]] auto summary_of(const journal_rows& rows, const row_cursor& at) const
      -> result<stream_summary>;

  const lmdb_store& store_;
  mutable name_cache names_;
};

} // namespace tusker
