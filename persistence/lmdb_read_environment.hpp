#pragma once

#include <tusker/config/read_store_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/journal_alarm.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_map_guard.hpp>
#include <tusker/persistence/lmdb_readers.hpp>
#include <tusker/persistence/open_folder.hpp>
#include <tusker/persistence/owner_lock.hpp>

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

namespace tusker {

/// The tables of a read store's environment; docs/read_store_format.md says what is in each.
struct lmdb_read_tables {
  MDB_dbi system = 0;      ///< `sys`: name → format version, journal id, last numbers.
  MDB_dbi projections = 0; ///< `proj`: name → projection.
  MDB_dbi models = 0;      ///< `model`: model → its projection and version.
  MDB_dbi offsets = 0;     ///< `offset`: model, log → offset.
  MDB_dbi tables = 0;      ///< `table`: model, name → table number, rows, indexes.
  MDB_dbi rows = 0;        ///< `row`: table number, key → index keys, value.
  MDB_dbi indexes = 0;     ///< `idx`: table number, index number, index key, key → nothing.
  MDB_dbi gone = 0;        ///< `gone`: table number, of those whose entries wait to be swept.
};

struct lmdb_read_table_name {
  const char* name;
  MDB_dbi lmdb_read_tables::*table;
};

/// All tables. The first one says what the others are.
inline constexpr std::array<lmdb_read_table_name, 8> lmdb_read_table_names{{
    {"sys", &lmdb_read_tables::system},
    {"proj", &lmdb_read_tables::projections},
    {"model", &lmdb_read_tables::models},
    {"offset", &lmdb_read_tables::offsets},
    {"table", &lmdb_read_tables::tables},
    {"row", &lmdb_read_tables::rows},
    {"idx", &lmdb_read_tables::indexes},
    {"gone", &lmdb_read_tables::gone},
}};

inline constexpr std::uint32_t read_store_format_version = 1;

/// A read store's files, open. Members are destroyed from the last to the first: the locks go after the environment.
struct lmdb_read_environment {
  std::filesystem::path directory;
  std::optional<open_folder> folder;
  std::optional<owner_lock> lock;
  journal_alarm alarm;
  lmdb_map_guard guard;
  lmdb_env env;
  std::unique_ptr<lmdb_readers> readers;
  lmdb_read_tables tables;
  uuid journal;
};

/// Opens or makes the read store that the options name, if `admit_read_store` lets it.
/// Errors: those of `check(options)`; `journal_errc::not_found`, `locked`, `unsupported_format`, `corrupt`, `io_error`,
/// `storage_full`; `read_store_errc::other_journal`.
[[nodiscard]] auto open_lmdb_read_environment(const read_store_options& options)
    -> result<lmdb_read_environment>;

} // namespace tusker
