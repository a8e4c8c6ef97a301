#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_alarm.hpp>
#include <tusker/persistence/lmdb_handle.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

namespace tusker {

/// What an environment is started with, whatever is kept in it.
struct lmdb_start {
  std::string_view kind;           ///< `journal`, `read store`: in errors.
  std::filesystem::path directory; ///< In errors.
  std::size_t tables_max = 0;
  unsigned readers_max = 0;
  std::uint64_t map_bytes = 0;
};

/// LMDB on the folder or file at `path`. One of its assertions that fails raises the alarm, if there is one.
/// Errors: as `lmdb_error`.
[[nodiscard]] auto start_lmdb(const lmdb_start& how, const std::filesystem::path& path, unsigned flags,
                              const journal_alarm* alarm) -> result<lmdb_env>;

/// Opens or makes a table. `foreign` says what an environment that lacks it is not, as a sentence's beginning.
/// Errors: `journal_errc::unsupported_format`; as `lmdb_error`.
[[nodiscard]] auto open_lmdb_table(const lmdb_transaction& transaction, const char* name, unsigned flags,
                                   std::string_view foreign, MDB_dbi& table) -> result<void>;

/// Makes the data file under another name and gives it its own when all of it is durable: LMDB begins a file with
/// pages that it does not sync, and those that a power loss left half written would be no environment at all. A making
/// is always synced, whatever durability the environment has. `fill` makes the content, and commits it.
/// Errors: those of `fill`; `journal_errc::io_error`, `storage_full`. REQUIRES: others are kept away.
[[nodiscard]] auto make_lmdb_file(const lmdb_start& how, const std::filesystem::path& file,
                                  const std::function<result<void>(const lmdb_env&)>& fill) -> result<void>;

} // namespace tusker
