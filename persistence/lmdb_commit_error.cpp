#include <tusker/persistence/lmdb_commit_error.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

namespace tusker {

namespace {

/// LMDB gives its environment up when it fails to publish a commit, that is to write its meta page, whatever the cause.
auto is_given_up(MDB_env* env) -> bool {
  return !lmdb_transaction::begin(env, 0);
}

/// Less than this is full: a write that was cut short leaves next to nothing.
constexpr std::uintmax_t free_bytes_min = std::uintmax_t{1} << 20U;

/// Whether the meta page of the commit before this one is synced by this one's sync, which has failed then.
auto leaves_meta_page_behind(MDB_env* env) -> bool {
  unsigned flags = 0;
  return mdb_env_get_flags(env, &flags) == MDB_SUCCESS &&
         (flags & (MDB_NOMETASYNC | MDB_NOSYNC)) == MDB_NOMETASYNC;
}

} // namespace

auto free_bytes_beside(MDB_env* env) -> std::uintmax_t {
  const char* path = nullptr;
  std::error_code failed;
  auto known = mdb_env_get_path(env, &path) == MDB_SUCCESS;
  auto space =
      known ? std::filesystem::space(std::filesystem::path(path), failed) : std::filesystem::space_info();
  return known && !failed ? space.available : std::numeric_limits<std::uintmax_t>::max();
}

auto commit_error(MDB_env* env, error failure, std::uintmax_t free_bytes) -> error {
  if (is_given_up(env))
    return {journal_errc::io_error, failure.message()};
  // LMDB calls a write that was cut short an I/O error, and that is how most disks say that they are full. Nothing was
  // published, and what was published before is synced: only pages that nobody refers to are in doubt.
  if (failure.code() == journal_errc::io_error && free_bytes < free_bytes_min &&
      !leaves_meta_page_behind(env))
    return {journal_errc::storage_full, failure.message() + ": the disk is full"};
  return failure;
}

} // namespace tusker
