#include <tusker/persistence/lmdb_snapshot.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace tusker {

namespace {

/// `the journal in shop`
auto name_of(std::string_view what, const std::filesystem::path& directory) -> std::string {
  return "the " + std::string(what) + " in " + directory.string();
}

auto open_environment(std::string_view what, const std::filesystem::path& directory, const lmdb_metas& metas)
    -> result<lmdb_env> {
  constexpr unsigned tables_max = 64;
  constexpr std::uint64_t room_to_grow = std::uint64_t{1} << 30U;
  MDB_env* raw = nullptr;
  if (auto code = mdb_env_create(&raw); code != MDB_SUCCESS)
    return fail(lmdb_error(code, "LMDB cannot start"));
  auto env = lmdb_env(raw);
  mdb_env_set_maxdbs(raw, tables_max);
  // A writer may go on between this moment and the snapshot.
  mdb_env_set_mapsize(raw, 2 * metas.file_bytes() + room_to_grow);
  if (auto code = mdb_env_open(raw, directory.c_str(), MDB_RDONLY | MDB_NOTLS | MDB_NORDAHEAD, 0600);
      code != MDB_SUCCESS)
    return fail(lmdb_error(code, name_of(what, directory) + " cannot be opened"));
  return env;
}

} // namespace

auto lmdb_snapshot::take(std::string_view what, const std::filesystem::path& directory,
                         const lmdb_data_file& file, const lmdb_metas& metas) -> result<lmdb_snapshot> {
  constexpr int attempts_max = 1'000;
  auto env = open_environment(what, directory, metas);
  if (!env)
    return fail(env.error());
  // A meta page is overwritten by the second commit after its own: it must still be there.
  for (int attempt = 0; attempt < attempts_max; ++attempt) {
    auto transaction = lmdb_transaction::begin(env->get(), MDB_RDONLY);
    if (!transaction)
      return fail(transaction.error());
    auto now = read_metas(file);
    auto again = read_metas(file);
    if (!now || !again)
      return fail(now ? again.error() : now.error());
    auto number = mdb_txn_id(transaction->get());
    // A commit may be writing a page while it is read: then the next reading differs.
    for (std::size_t at = 0; at < now->both.size(); ++at)
      if (now->both[at].transaction == number && now->both[at] == again->both[at])
        return lmdb_snapshot{std::move(*env), std::move(*transaction), now->both[at]};
  }
  return fail(journal_errc::io_error,
              name_of(what, directory) + " changes too fast to take a snapshot of it");
}

} // namespace tusker
