#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/journal_alarm.hpp>
#include <tusker/persistence/journal_rows.hpp>
#include <tusker/persistence/journal_tail.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_map_guard.hpp>
#include <tusker/persistence/lmdb_readers.hpp>
#include <tusker/persistence/log_overlay.hpp>
#include <tusker/persistence/open_folder.hpp>
#include <tusker/persistence/owner_lock.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

namespace tusker {

/// The tables of a journal's environment; docs/storage_format.md says what is in each.
struct lmdb_tables {
  MDB_dbi system = 0;         ///< `sys`: name → format version, journal id, shards.
  MDB_dbi events = 0;         ///< `ev`: offset → event record.
  MDB_dbi stream_events = 0;  ///< `st`: stream number, version → offset.
  MDB_dbi stream_numbers = 0; ///< `sname`: stream name → stream number.
  MDB_dbi stream_names = 0;   ///< `smeta`: stream number → its name, and what of it is gone.
  MDB_dbi names = 0;          ///< `name`: interned event types and categories, both ways.
  MDB_dbi receipts = 0;       ///< `cmd`: shard, command id, stream → receipt.
  MDB_dbi snapshots = 0;      ///< `snap`: stream number → snapshot.
  MDB_dbi timers = 0;         ///< `timer`: shard, due, id → timer.
  MDB_dbi outbox = 0;         ///< `outbox`: shard, id → entry.
  MDB_dbi shards = 0;         ///< `shard`: shard → epoch, owner, how far receipts are kept.
  MDB_dbi notes = 0; ///< `note`: shard, stream, key → note. 0: the journal has none, and nobody writes it.
};

/// Whether a journal has a table from its beginning, or from the first time that a program which knows it wrote.
enum class table_age { as_journal, added };

struct lmdb_table_name {
  const char* name;
  MDB_dbi lmdb_tables::*table;
  table_age age = table_age::as_journal;
};

/// All tables. The first one says what the others are.
inline constexpr std::array<lmdb_table_name, 12> lmdb_table_names{{
    {"sys", &lmdb_tables::system},
    {"ev", &lmdb_tables::events},
    {"st", &lmdb_tables::stream_events},
    {"sname", &lmdb_tables::stream_numbers},
    {"smeta", &lmdb_tables::stream_names},
    {"name", &lmdb_tables::names},
    {"cmd", &lmdb_tables::receipts},
    {"snap", &lmdb_tables::snapshots},
    {"timer", &lmdb_tables::timers},
    {"outbox", &lmdb_tables::outbox},
    {"shard", &lmdb_tables::shards},
    {"note", &lmdb_tables::notes, table_age::added},
}};

inline constexpr std::uint32_t lmdb_format_version = 1;

/// A journal's files, open. Members are destroyed from the last to the first: the locks go after the environment.
struct lmdb_store {
  std::optional<open_folder> folder;
  std::optional<owner_lock> lock;
  journal_alarm alarm;
  lmdb_map_guard guard;
  lmdb_env env;
  std::unique_ptr<lmdb_readers> readers;
  lmdb_tables tables;
  table_places places;
  /// What the commit log holds and LMDB does not have yet; none where everything is committed in LMDB itself.
  std::unique_ptr<journal_tail> tail;
  /// The same of a journal that another process may write; none where this one writes, or only LMDB is looked at.
  std::unique_ptr<log_overlay> overlay;
  uuid id;
  shard_count shards;
};

/// Opens or makes the journal that the options name. Errors: `journal_errc::not_found`, `locked`,
/// `unsupported_format`, `corrupt`, `io_error`, `storage_full`; those of `check(options)`.
[[nodiscard]] auto open_lmdb_store(const journal_options& options) -> result<lmdb_store>;

} // namespace tusker
