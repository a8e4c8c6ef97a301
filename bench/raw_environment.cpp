#include <tusker/bench/raw_environment.hpp>

#include <tusker/cli/cli_errc.hpp>

#include <system_error>
#include <utility>

namespace tusker::bench {

auto raw_environment::open(const std::filesystem::path& folder, unsigned flags) -> result<raw_environment> {
  constexpr std::size_t map_bytes = std::size_t{16} << 30U;
  MDB_env* made = nullptr;
  if (auto code = mdb_env_create(&made); code != MDB_SUCCESS)
    return fail(lmdb_error(code, "no environment"));
  raw_environment raw;
  raw.env_.reset(made);
  raw.flags_ = flags;
  mdb_env_set_maxdbs(made, 16);
  mdb_env_set_mapsize(made, map_bytes);
  if (auto code = mdb_env_open(made, folder.c_str(), flags | MDB_NOTLS, 0600); code != MDB_SUCCESS)
    return fail(lmdb_error(code, folder.string()));
  return raw;
}

auto raw_environment::make(const std::filesystem::path& folder, unsigned flags) -> result<raw_environment> {
  std::error_code failed;
  std::filesystem::remove(folder / "data.mdb", failed);
  std::filesystem::create_directories(folder, failed);
  if (failed)
    return fail(cli::cli_errc::cannot_write, folder.string() + ": " + failed.message());
  return open(folder, flags);
}

auto raw_environment::look_into(const std::filesystem::path& folder) -> result<raw_environment> {
  return open(folder, MDB_RDONLY | MDB_NOLOCK);
}

auto raw_environment::table(const char* name, unsigned flags) const -> result<MDB_dbi> {
  auto transaction = begin(flags_ & MDB_RDONLY);
  if (!transaction)
    return fail(transaction.error());
  auto make = (flags_ & MDB_RDONLY) != 0 ? 0U : static_cast<unsigned>(MDB_CREATE);
  MDB_dbi table = 0;
  if (auto code = mdb_dbi_open(transaction->get(), name, flags | make, &table); code != MDB_SUCCESS)
    return fail(lmdb_error(code, name));
  return std::move(*transaction).commit().map([table] { return table; });
}

auto raw_environment::used_bytes() const -> std::uint64_t {
  MDB_stat stat{};
  MDB_envinfo info{};
  mdb_env_stat(env_.get(), &stat);
  mdb_env_info(env_.get(), &info);
  return (info.me_last_pgno + 1) * stat.ms_psize;
}

} // namespace tusker::bench
