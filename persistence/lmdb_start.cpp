#include <tusker/persistence/lmdb_start.hpp>

#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_map_guard.hpp>

#include <string>
#include <system_error>
#include <utility>

namespace tusker {

auto start_lmdb(const lmdb_start& how, const std::filesystem::path& path, unsigned flags,
                const journal_alarm* alarm) -> result<lmdb_env> {
  MDB_env* raw = nullptr;
  if (auto code = mdb_env_create(&raw); code != MDB_SUCCESS)
    return fail(lmdb_error(code, "LMDB cannot start"));
  auto env = lmdb_env(raw);
  mdb_env_set_maxdbs(raw, static_cast<MDB_dbi>(how.tables_max));
  mdb_env_set_maxreaders(raw, how.readers_max);
  mdb_env_set_mapsize(raw, how.map_bytes);
  if (alarm != nullptr)
    raise_alarm_on_assert(raw, alarm->descriptor());
  if (auto code = mdb_env_open(raw, path.c_str(), flags, 0600); code != MDB_SUCCESS) {
    return fail(lmdb_error(code, "the " + std::string(how.kind) + " in " + how.directory.string() +
                                     " cannot be opened"));
  }
  return env;
}

auto open_lmdb_table(const lmdb_transaction& transaction, const char* name, unsigned flags,
                     std::string_view foreign, MDB_dbi& table) -> result<void> {
  auto code = mdb_dbi_open(transaction.get(), name, flags, &table);
  if (code == MDB_NOTFOUND)
    return fail(journal_errc::unsupported_format,
                std::string(foreign) + ": it lacks the table '" + name + "'");
  if (code != MDB_SUCCESS)
    return fail(lmdb_error(code, "the table '" + std::string(name) + "' cannot be opened"));
  return {};
}

auto make_lmdb_file(const lmdb_start& how, const std::filesystem::path& file,
                    const std::function<result<void>(const lmdb_env&)>& fill) -> result<void> {
  auto draft = std::filesystem::path(file).concat(".new");
  std::error_code failed;
  std::filesystem::remove(draft, failed);
  if (failed)
    return fail(file_error(draft, failed));
  auto env = start_lmdb(how, draft, static_cast<unsigned>(MDB_NOSUBDIR | MDB_NOLOCK), nullptr);
  if (!env)
    return fail(env.error());
  if (auto filled = fill(*env); !filled)
    return filled;
  env->reset();
  std::filesystem::rename(draft, file, failed);
  if (failed)
    return fail(file_error(draft, failed));
  return {};
}

} // namespace tusker
