#include <tusker/persistence/lmdb_read_environment.hpp>

#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/folder_sync.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_file_length.hpp>
#include <tusker/persistence/lmdb_read_admission.hpp>
#include <tusker/persistence/lmdb_read_system.hpp>
#include <tusker/persistence/lmdb_start.hpp>
#include <tusker/persistence/read_store_errc.hpp>

#include <string>
#include <system_error>
#include <utility>

namespace tusker {

namespace {

auto data_file(const read_store_options& options) -> std::filesystem::path {
  return options.directory / "data.mdb";
}

/// Whether there are data; a file of no bytes is a making that was cut off.
auto has_data(const read_store_options& options) -> result<bool> {
  std::error_code failed;
  auto exists = std::filesystem::exists(data_file(options), failed);
  auto bytes = exists && !failed ? std::filesystem::file_size(data_file(options), failed) : 0;
  if (failed)
    return fail(file_error(data_file(options), failed));
  return bytes > 0;
}

auto not_found(const read_store_options& options) -> tl::unexpected<error> {
  return fail(journal_errc::not_found, "there is no read store in " + options.directory.string());
}

/// Makes the folder where there is no store and one may be made.
auto prepare_folder(const read_store_options& options) -> result<void> {
  if (auto checked = check_is_no_journal(options.directory); !checked)
    return checked;
  auto is_there = has_data(options);
  if (!is_there)
    return fail(is_there.error());
  if (*is_there)
    return {};
  if (options.mode != open_mode::create_or_open)
    return not_found(options);
  std::error_code failed;
  if (std::filesystem::create_directories(options.directory, failed))
    std::filesystem::permissions(options.directory, std::filesystem::perms::owner_all, failed);
  if (failed)
    return fail(file_error(options.directory, failed));
  return {};
}

auto environment_flags(const read_store_options& options) -> unsigned {
  // NOTLS: a read transaction belongs to whoever holds it, not to its thread. NOMETASYNC: power loss may take the
  // last commit along, which is then made again; without a sync of the pages it could damage the store.
  auto flags = static_cast<unsigned>(MDB_NOTLS | MDB_NORDAHEAD | MDB_NOMETASYNC);
  return options.mode == open_mode::read_only ? flags | MDB_RDONLY : flags;
}

auto start_of(const read_store_options& options) -> lmdb_start {
  return {"read store", options.directory, lmdb_read_table_names.size() + 8, options.readers_max,
          options.map_bytes};
}

auto open_table(const lmdb_transaction& transaction, lmdb_read_tables& tables,
                const lmdb_read_table_name& entry, unsigned flags) -> result<void> {
  return open_lmdb_table(transaction, entry.name, flags, "this is no read store", tables.*entry.table);
}

auto open_all_tables(const lmdb_transaction& transaction, lmdb_read_tables& tables, unsigned flags)
    -> result<void> {
  for (const auto& entry : lmdb_read_table_names)
    if (auto opened = open_table(transaction, tables, entry, flags); !opened)
      return opened;
  return {};
}

/// Makes the tables and says whose they are, in one durable commit.
auto create_tables(const lmdb_env& env, const uuid& journal) -> result<void> {
  auto transaction = lmdb_transaction::begin(env.get(), 0);
  if (!transaction)
    return fail(transaction.error());
  lmdb_read_tables tables;
  if (auto opened = open_all_tables(*transaction, tables, MDB_CREATE); !opened)
    return opened;
  if (auto put = put_read_system(*transaction, tables, {read_store_format_version, journal, {}, {}}); !put)
    return put;
  return std::move(*transaction).commit();
}

auto make_data(const read_store_options& options) -> result<void> {
  auto made = make_lmdb_file(start_of(options), data_file(options),
                             [&](const lmdb_env& env) { return create_tables(env, options.journal); });
  return made ? sync_folder_and_name(options.directory) : made;
}

/// Admits what is there, or makes what is not. What was raised over data that are gone is of the past.
auto admit_or_make(const read_store_options& options, const journal_alarm& alarm) -> result<void> {
  auto is_there = has_data(options);
  if (!is_there)
    return fail(is_there.error());
  if (*is_there)
    return admit_read_store(options, alarm);
  if (options.mode != open_mode::create_or_open)
    return not_found(options);
  if (auto made = make_data(options); !made)
    return made;
  return alarm.take_back();
}

auto open_environment(const read_store_options& options, const journal_alarm& alarm) -> result<lmdb_env> {
  auto env = start_lmdb(start_of(options), options.directory, environment_flags(options), &alarm);
  if (!env)
    return env;
  if (options.mode != open_mode::read_only)
    lengthen_data_file(env->get());
  return env;
}

auto check_system(const read_store_options& options, const read_system& system) -> result<void> {
  auto store = "the read store in " + options.directory.string();
  if (system.format != read_store_format_version)
    return fail(journal_errc::unsupported_format,
                store + " has format " + std::to_string(system.format) + ", this program knows format " +
                    std::to_string(read_store_format_version) + std::string(read_store_advice));
  if (!options.journal.is_nil() && system.journal != options.journal)
    return fail(read_store_errc::other_journal, store + " was made of journal " + to_string(system.journal) +
                                                    ", not of " + to_string(options.journal) +
                                                    std::string(read_store_advice));
  return {};
}

/// LMDB's tables have to be opened in a transaction that is then committed, a reading one included.
auto open_existing(lmdb_read_environment& store, const read_store_options& options) -> result<void> {
  // As any reader: beside a writer the file may have outgrown the map since it was opened.
  auto read = store.readers->begin();
  if (!read)
    return fail(read.error());
  auto& transaction = read->transaction;
  // What it says of itself comes first: which other tables there are depends on it.
  if (auto opened = open_table(transaction, store.tables, lmdb_read_table_names.front(), 0); !opened)
    return opened;
  auto system = get_read_system(transaction, store.tables);
  if (!system)
    return fail(with_advice(options.directory, system.error()));
  if (auto checked = check_system(options, *system); !checked)
    return checked;
  store.journal = system->journal;
  if (auto opened = open_all_tables(transaction, store.tables, 0); !opened)
    return opened;
  return std::move(transaction).commit();
}

/// Takes what keeps others away, and the alarm.
auto enter(lmdb_read_environment& store, const read_store_options& options) -> result<void> {
  auto entered = open_folder::enter(options.directory, "read store");
  if (!entered)
    return fail(entered.error());
  store.folder = std::move(*entered);
  if (options.mode != open_mode::read_only) {
    auto lock = owner_lock::take(options.directory, "read store");
    if (!lock)
      return fail(lock.error());
    store.lock = std::move(*lock);
  }
  auto alarm = journal_alarm::open(options.directory, options.mode);
  if (!alarm)
    return fail(alarm.error());
  store.alarm = std::move(*alarm);
  return {};
}

} // namespace

auto open_lmdb_read_environment(const read_store_options& options) -> result<lmdb_read_environment> {
  if (auto checked = check(options); !checked)
    return fail(checked.error());
  if (auto prepared = prepare_folder(options); !prepared)
    return fail(prepared.error());
  lmdb_read_environment store;
  store.directory = options.directory;
  if (auto entered = enter(store, options); !entered)
    return fail(entered.error());
  if (auto admitted = admit_or_make(options, store.alarm); !admitted)
    return fail(admitted.error());
  store.guard = lmdb_map_guard::watch(data_file(options), store.alarm.descriptor());
  auto env = open_environment(options, store.alarm);
  if (!env)
    return fail(env.error());
  store.env = std::move(*env);
  store.readers = std::make_unique<lmdb_readers>(store.env.get(), options.long_read);
  if (auto opened = open_existing(store, options); !opened)
    return fail(opened.error());
  return store;
}

} // namespace tusker
