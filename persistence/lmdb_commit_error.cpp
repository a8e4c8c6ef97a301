#include <tusker/persistence/lmdb_commit_error.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <filesystem>
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

auto is_disk_full(MDB_env* env) -> bool {
  const char* path = nullptr;
  if (mdb_env_get_path(env, &path) != MDB_SUCCESS)
    return false;
  std::error_code failed;
  auto space = std::filesystem::space(std::filesystem::path(path), failed);
  return !failed && space.available < free_bytes_min;
}

} // namespace

auto commit_error(MDB_env* env, error failure) -> error {
  if (is_given_up(env))
    return {journal_errc::io_error, failure.message()};
  // LMDB calls a write that was cut short an I/O error, and that is how most disks say that they are full. Nothing was
  // published, and what was published before is synced: only pages that nobody refers to are in doubt.
  if (failure.code() == journal_errc::io_error && is_disk_full(env))
    return {journal_errc::storage_full, failure.message() + ": the disk is full"};
  return failure;
}

} // namespace tusker
