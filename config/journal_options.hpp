#pragma once

#include <tusker/model/enum_names.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/shard.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace tusker {

/// What opening a journal may do to the disk.
enum class open_mode {
  create_or_open, ///< Opens what is there; makes a new journal only where there is none at all.
  open_existing,  ///< A journal that is not there is an error.
  read_only,      ///< Opens without the owner's lock, also beside a running node; nothing can be appended.
};

/// What a commit that was acknowledged survives.
enum class durability {
  strict,        ///< Power loss: the default, and the only mode for data that matter.
  relaxed,       ///< The process's death. Power loss may take the last commit along, and damages nothing.
  volatile_mode, ///< The process's death alone. Power loss may damage the journal: for tests and measurements.
};

/// The way a batch takes to the disk. A journal can be opened with either, whichever it was closed with.
enum class commit_way {
  direct, ///< Each batch is a transaction of LMDB, with LMDB's own two flushes.
  logged, ///< Each batch is an append to a log with one flush; LMDB takes it from there. With strict durability alone.
};

/// How much one append may hold. Past a limit the item is refused with `journal_errc::too_large`.
struct append_limits {
  /// Content and metadata of one event, timer, outbox entry or note, or of the rejection, in bytes. 1 to 16 MiB.
  std::size_t event_bytes_max = std::size_t{1} << 20U;
  /// Events of one item. 1 to 4,096, the most that LMDB 0.9.24 takes well in one transaction.
  std::size_t item_events_max = 1024;
  /// All of them in one item, in bytes. At least `event_bytes_max`, at most 64 MiB.
  std::size_t item_bytes_max = std::size_t{4} << 20U;
  /// Timers, outbox entries and notes of one item, each. 1 to 4,096.
  std::size_t item_side_entries_max = 1024;
  /// Events of one batch. `item_events_max` to 65,536.
  std::size_t batch_events_max = 8192;
  /// All that one batch holds, in bytes. At least `item_bytes_max`, at most 256 MiB.
  std::size_t batch_bytes_max = std::size_t{64} << 20U;
};

struct journal_options {
  /// The folder that holds the journal; made with mode 0700 when it is not there.
  std::filesystem::path directory = {};
  open_mode mode = open_mode::create_or_open;
  /// Shards of a journal that is made now, from 1 to 4,096. A journal that is there keeps the number it has.
  shard_count shards{64};
  /// What acknowledged commits survive.
  durability durable = durability::strict;
  /// The way acknowledged commits take to the disk. With another durability than `strict` it is `direct` in any case.
  commit_way commits = commit_way::logged;
  /// Disk and, while it is not yet in LMDB, memory that the commit log may take, in bytes: when a quarter of it waits
  /// for LMDB, who appends is slowed down. From 64 KiB to 16 GiB.
  std::uint64_t commit_log_bytes = std::uint64_t{64} << 20U;
  /// How long commits of the log are gathered before LMDB gets them; after a crash they are what the next open reads.
  /// From 0 to 10 s.
  std::chrono::milliseconds apply_after{100};
  /// How far the data file can grow before its map has to be made larger, in bytes; address space, not disk, is taken
  /// for it at once. From 1 MiB to 16 TiB.
  std::uint64_t map_bytes = std::uint64_t{64} << 30U;
  /// The most the data file may grow to, in bytes: past it appends are refused with `storage_full`. From `map_bytes` to
  /// 16 TiB.
  std::uint64_t map_bytes_max = std::uint64_t{1} << 40U;
  /// Read transactions that may be open at one time, over all processes. From 8 to 65,536.
  unsigned readers_max = 1024;
  /// Streams whose number and version are kept in memory. From 1 to 100,000,000; some 200 bytes each.
  std::size_t stream_cache_entries = 100'000;
  /// A read transaction that takes longer is counted, since it keeps old pages from being used again. From 1 ms to an
  /// hour.
  std::chrono::milliseconds long_read{1'000};
  /// How long the result of a command is kept for those who send it again, by the time in the command id. A command
  /// that is older is refused, never carried out again. From an hour to 100 years.
  std::chrono::hours receipts_kept{std::chrono::hours(30 * 24)};
  append_limits limits = {};
};

/// Errors: `config_errc::out_of_range`, `config_errc::missing`, with the option's name.
[[nodiscard]] auto check(const append_limits& limits) -> result<void>;
[[nodiscard]] auto check(const journal_options& options) -> result<void>;

} // namespace tusker

template <>
inline constexpr auto tusker::enum_names<tusker::durability> = tusker::names<tusker::durability>({
    {tusker::durability::strict, "strict"},
    {tusker::durability::relaxed, "relaxed"},
    {tusker::durability::volatile_mode, "volatile"},
});

template <>
inline constexpr auto tusker::enum_names<tusker::commit_way> = tusker::names<tusker::commit_way>({
    {tusker::commit_way::direct, "direct"},
    {tusker::commit_way::logged, "logged"},
});
