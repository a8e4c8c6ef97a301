#pragma once

#include <tusker/model/command_id.hpp>
#include <tusker/model/command_outcome.hpp>
#include <tusker/model/enum_names.hpp>
#include <tusker/model/outbox_entry.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/read_direction.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/model/timer_entry.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/log_filter.hpp>
#include <tusker/persistence/storage_stats.hpp>
#include <tusker/persistence/stored_receipt.hpp>
#include <tusker/persistence/stored_snapshot.hpp>
#include <tusker/persistence/stream_note.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tusker {

/// Whether reads touch nothing but this machine: only then may an actor read inline.
enum class read_locality { local, remote };

/// How much one read may return. At least one event is returned where there is one, however large.
struct read_limit {
  std::size_t events_max = 1'000;
  std::size_t bytes_max = std::size_t{8} << 20U;
};

/// A part of a stream.
struct stream_slice {
  std::vector<recorded_event> events;
  /// The stream's version when the slice was read.
  stream_version head;
  /// The first version that was not truncated by then; one more than `head` when all events are gone.
  stream_version first{1};
  /// Where the next read of the same direction starts; none at the end.
  std::optional<stream_version> next;
};

/// What the recovery of an aggregate begins with.
struct stream_start {
  std::optional<stored_snapshot> snapshot;
  /// There is one, and it cannot be read.
  bool is_snapshot_damaged = false;
  /// The first events behind the snapshot.
  stream_slice slice;
};

/// A part of a log, filtered. Events that were truncated are not in it, as if no filter let them pass.
struct log_slice {
  std::vector<recorded_event> events;
  /// All events up to here were looked at: the `after` of the next read.
  log_offset scanned_to;
  /// The log's head when the slice was read; the reader has caught up when it is `scanned_to`.
  log_offset head;
};

/// Whether a stream takes events.
enum class stream_state { open, tombstoned };

struct stream_summary {
  stream_id stream;
  stream_version version;
  /// The first version that was not truncated; one more than `version` when all events are gone.
  stream_version first{1};
  stream_state state = stream_state::open;

  friend auto operator==(const stream_summary&, const stream_summary&) -> bool = default;
};

/// Who owns a shard.
struct shard_owner {
  shard_id shard;
  epoch current;
  std::string owner;
  /// Receipts of commands whose ids are older than this are not kept any more.
  timestamp receipts_from{};

  friend auto operator==(const shard_owner&, const shard_owner&) -> bool = default;
};

struct journal_info {
  std::string engine;
  std::uint32_t format_version = 0;
  uuid id;
  shard_count shards;
  std::uint64_t streams = 0;
  /// Those that were truncated included.
  std::uint64_t events = 0;
};

/// What everybody but the journal actor may do with a journal: read what is durable. All functions may be called
/// from any thread, at any time. Errors of all: `journal_errc::io_error`, `corrupt` (which names the place),
/// `too_many_readers`.
class journal_reader {
public:
  journal_reader() = default;
  journal_reader(const journal_reader&) = delete;
  auto operator=(const journal_reader&) -> journal_reader& = delete;
  virtual ~journal_reader() = default;

  [[nodiscard]] virtual auto locality() const -> read_locality = 0;
  [[nodiscard]] virtual auto info() const -> result<journal_info> = 0;
  [[nodiscard]] virtual auto shards() const -> shard_count = 0;

  /// The events of a stream from version `from` on, that one included, in the given direction. Forward from
  /// `empty_stream` is from the first. A stream nobody wrote is an empty slice.
  [[nodiscard]] virtual auto read_stream(const stream_id& stream, stream_version from, read_limit limit,
                                         read_direction direction) const -> result<stream_slice> = 0;

  /// The wanted events of a log behind `after`, in order, without a gap. The limit also bounds how much is looked
  /// at, to 64 times as many events or bytes, so that a rare type does not make one read long.
  [[nodiscard]] virtual auto read_log(log_id log, log_offset after, read_limit limit,
                                      const log_filter& filter) const -> result<log_slice> = 0;

  /// The offset of the last durable event.
  [[nodiscard]] virtual auto head(log_id log) const -> result<log_offset> = 0;

  [[nodiscard]] virtual auto stream_head(const stream_id& stream) const -> result<stream_version> = 0;

  /// All logs of this journal.
  [[nodiscard]] virtual auto logs() const -> std::vector<log_id> = 0;

  /// Streams in the order of their names behind `after`, of one category if it is not empty. Names of more than 400
  /// bytes that have their first 385 bytes in common stand together, in any order.
  [[nodiscard]] virtual auto list_streams(const std::string& category, const std::string& after,
                                          std::size_t streams_max) const
      -> result<std::vector<stream_summary>> = 0;

  /// What is kept of a command of that stream; none when it was never recorded.
  [[nodiscard]] virtual auto find_receipt(const stream_id& stream, command_id command) const
      -> result<std::optional<stored_receipt>> = 0;

  /// The stream's snapshot, if it has one.
  [[nodiscard]] virtual auto read_snapshot(const stream_id& stream) const
      -> result<std::optional<stored_snapshot>> = 0;

  /// The stream's snapshot, if it has one, and the first events behind it, or of all: `read_snapshot` and `read_stream`
  /// at once. An engine may do it in one look.
  [[nodiscard]] virtual auto read_start(const stream_id& stream, read_limit limit) const
      -> result<stream_start>;

  /// What a command of that stream came to; none when it was never recorded.
  [[nodiscard]] auto find_outcome(const stream_id& stream, command_id command) const
      -> result<std::optional<command_outcome>> {
    return find_receipt(stream, command).map([](const std::optional<stored_receipt>& stored) {
      return stored ? std::optional(stored->outcome) : std::nullopt;
    });
  }

  /// A shard's timers that are due at `until` or before, the earliest first, those of one time in the order of their
  /// ids: behind `after`, which itself need not be there, or from the first on.
  [[nodiscard]] virtual auto read_timers(shard_id shard, const std::optional<timer_key>& after,
                                         timestamp until, std::size_t timers_max) const
      -> result<std::vector<timer_entry>> = 0;

  [[nodiscard]] auto read_timers(shard_id shard, timestamp until, std::size_t timers_max) const
      -> result<std::vector<timer_entry>> {
    return read_timers(shard, std::nullopt, until, timers_max);
  }

  /// A shard's outbox entries that are not settled, in the order of their ids: behind `after`, which itself need not be
  /// there, or from the first on.
  [[nodiscard]] virtual auto read_outbox(shard_id shard, const std::optional<uuid>& after,
                                         std::size_t entries_max) const
      -> result<std::vector<outbox_entry>> = 0;

  [[nodiscard]] auto read_outbox(shard_id shard, std::size_t entries_max) const
      -> result<std::vector<outbox_entry>> {
    return read_outbox(shard, std::nullopt, entries_max);
  }

  /// Notes of a stream, in the order of their keys. A stream that has none gives none, also one that nobody wrote.
  [[nodiscard]] virtual auto read_notes(const stream_id& owner, const note_range& range,
                                        std::size_t notes_max) const -> result<std::vector<stream_note>> = 0;

  /// The stream's note under that key, if there is one.
  [[nodiscard]] auto find_note(const stream_id& owner, const std::string& key) const
      -> result<std::optional<stream_note>> {
    // Of all keys that begin with it, the key itself is the first.
    return read_notes(owner, {key, {}}, 1).map([&](std::vector<stream_note> found) {
      return !found.empty() && found.front().key == key ? std::optional(std::move(found.front()))
                                                        : std::nullopt;
    });
  }

  /// How full the storage is and who reads it.
  [[nodiscard]] virtual auto storage() const -> result<storage_stats> = 0;

  /// The owners of all shards, in the order of shards. One that was never claimed has epoch 0 and no owner.
  [[nodiscard]] virtual auto shard_owners() const -> result<std::vector<shard_owner>> = 0;
};

} // namespace tusker

template <>
inline constexpr auto tusker::enum_names<tusker::stream_state> = tusker::names<tusker::stream_state>(
    {{tusker::stream_state::open, "open"}, {tusker::stream_state::tombstoned, "tombstoned"}});
