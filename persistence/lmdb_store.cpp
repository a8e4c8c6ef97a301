#include <tusker/persistence/lmdb_store.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/folder_entrance.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_identity.hpp>
#include <tusker/persistence/lmdb_admission.hpp>
#include <tusker/persistence/lmdb_file_length.hpp>
#include <tusker/persistence/lmdb_meta_settle.hpp>
#include <tusker/persistence/lmdb_start.hpp>
#include <tusker/persistence/lmdb_system.hpp>
#include <tusker/persistence/random_id.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

namespace tusker {

namespace {

auto data_file(const journal_options& options) -> std::filesystem::path {
  return options.directory / "data.mdb";
}

/// The size of the data file in bytes; 0 when there is none.
auto data_bytes(const journal_options& options) -> result<std::uintmax_t> {
  std::error_code failed;
  auto exists = std::filesystem::exists(data_file(options), failed);
  auto bytes = exists && !failed ? std::filesystem::file_size(data_file(options), failed) : 0;
  if (failed)
    return fail(file_error(data_file(options), failed));
  return bytes;
}

auto make_directory(const journal_options& options) -> result<void> {
  std::error_code failed;
  if (std::filesystem::create_directories(options.directory, failed))
    std::filesystem::permissions(options.directory, std::filesystem::perms::owner_all, failed);
  if (failed)
    return fail(file_error(options.directory, failed));
  return {};
}

/// Data of no bytes are a making that was cut off, unless the identity file says that there was a journal.
auto check_no_data(const journal_options& options) -> result<void> {
  auto identity = read_identity(options.directory);
  if (!identity)
    return fail(identity.error());
  if (*identity) {
    return fail(journal_errc::corrupt, "the data of journal " + to_string(**identity) + " are gone: " +
                                           data_file(options).string() + " is missing or empty");
  }
  if (options.mode == open_mode::create_or_open)
    return make_directory(options);
  return fail(journal_errc::not_found, "there is no journal in " + options.directory.string());
}

/// A file is a journal's data file when it has at least LMDB's two meta pages. Errors: `not_found` where nothing may
/// be made; `corrupt`, `io_error`.
auto check_present(const journal_options& options) -> result<void> {
  constexpr std::uintmax_t meta_bytes = 8192;
  auto bytes = data_bytes(options);
  if (!bytes)
    return fail(bytes.error());
  if (*bytes == 0)
    return check_no_data(options);
  if (*bytes < meta_bytes) {
    return fail(journal_errc::corrupt, data_file(options).string() + " has " + std::to_string(*bytes) +
                                           " bytes, a journal has at least " + std::to_string(meta_bytes));
  }
  return {};
}

auto environment_flags(const journal_options& options) -> unsigned {
  // NOTLS: a read transaction belongs to whoever holds it, not to its thread.
  auto flags = static_cast<unsigned>(MDB_NOTLS | MDB_NORDAHEAD);
  if (options.mode == open_mode::read_only)
    flags |= MDB_RDONLY;
  if (options.durable == durability::relaxed)
    flags |= MDB_NOMETASYNC;
  if (options.durable == durability::volatile_mode)
    flags |= MDB_NOSYNC;
  return flags;
}

auto start_of(const journal_options& options) -> lmdb_start {
  return {"journal", options.directory, lmdb_table_names.size() + 6, options.readers_max, options.map_bytes};
}

auto open_environment(const journal_options& options, const journal_alarm& alarm) -> result<lmdb_env> {
  if (options.mode != open_mode::read_only)
    if (auto settled = settle_lmdb_metas(data_file(options)); !settled)
      return fail(settled.error());
  auto env = start_lmdb(start_of(options), options.directory, environment_flags(options), &alarm);
  if (!env)
    return env;
  if (options.mode != open_mode::read_only)
    lengthen_data_file(env->get());
  return env;
}

auto open_table(const lmdb_transaction& transaction, lmdb_tables& tables, const lmdb_table_name& entry,
                unsigned flags) -> result<void> {
  return open_lmdb_table(transaction, entry.name, flags, "this is no Tusker journal", tables.*entry.table);
}

/// Whether the journal is older than a table that was added since.
auto is_missing(const lmdb_transaction& transaction, const lmdb_table_name& entry) -> result<bool> {
  if (entry.age != table_age::added)
    return false;
  MDB_dbi table = 0;
  auto code = mdb_dbi_open(transaction.get(), entry.name, 0, &table);
  if (code != MDB_SUCCESS && code != MDB_NOTFOUND)
    return fail(lmdb_error(code, "the table '" + std::string(entry.name) + "' cannot be opened"));
  return code == MDB_NOTFOUND;
}

/// Opens the tables that there are; with `MDB_CREATE` all of them.
auto open_all_tables(const lmdb_transaction& transaction, lmdb_tables& tables, unsigned flags)
    -> result<void> {
  for (const auto& entry : lmdb_table_names) {
    auto missing = (flags & MDB_CREATE) == 0 ? is_missing(transaction, entry) : false;
    if (!missing)
      return fail(missing.error());
    if (*missing)
      continue;
    if (auto opened = open_table(transaction, tables, entry, flags); !opened)
      return opened;
  }
  return {};
}

/// Makes the tables and says what they are, in one durable commit.
auto create_tables(const lmdb_env& env, const journal_options& options) -> result<void> {
  auto transaction = lmdb_transaction::begin(env.get(), 0);
  if (!transaction)
    return fail(transaction.error());
  lmdb_tables tables;
  if (auto opened = open_all_tables(*transaction, tables, MDB_CREATE); !opened)
    return opened;
  auto format = std::move(byte_writer().little(lmdb_format_version)).take();
  auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  auto id = std::move(byte_writer().raw(random_uuid(now).bytes)).take();
  auto shards = std::move(byte_writer().little(options.shards.value())).take();
  for (const auto& [key, body] :
       {std::pair(system_key::format, format), {system_key::id, id}, {system_key::shards, shards}})
    if (auto put = put_system(*transaction, tables, key, body); !put)
      return put;
  if (auto put = put_applied(*transaction, tables, before_all_events); !put)
    return put;
  return std::move(*transaction).commit();
}

auto read_system(lmdb_store& store, const lmdb_transaction& transaction) -> result<void> {
  auto format = get_system(transaction, store.tables, system_key::format);
  if (!format)
    return fail(format.error());
  auto version = byte_reader(*format).little<std::uint32_t>();
  if (version != lmdb_format_version)
    return fail(journal_errc::unsupported_format, "the journal has format " + std::to_string(version) +
                                                      ", this program knows format " +
                                                      std::to_string(lmdb_format_version));
  auto id = get_system(transaction, store.tables, system_key::id);
  if (!id)
    return fail(id.error());
  byte_reader(*id).raw(store.id.bytes);
  auto shards = get_system(transaction, store.tables, system_key::shards);
  if (!shards)
    return fail(shards.error());
  store.shards = shard_count(byte_reader(*shards).little<std::uint16_t>());
  if (store.shards.value() == 0)
    return fail(journal_errc::corrupt, "the journal says that it has no shards");
  return {};
}

/// LMDB's tables have to be opened in a transaction that is then committed, a reading one included.
auto open_existing(lmdb_store& store) -> result<void> {
  // As any reader: beside a writer the file may have outgrown the map since it was opened.
  auto read = store.readers->begin();
  if (!read)
    return fail(read.error());
  auto* transaction = &read->transaction;
  // The format comes first: which other tables there are depends on it.
  if (auto opened = open_table(*transaction, store.tables, lmdb_table_names.front(), 0); !opened)
    return opened;
  if (auto known = read_system(store, *transaction); !known)
    return known;
  if (auto opened = open_all_tables(*transaction, store.tables, 0); !opened)
    return opened;
  if (auto whole = check_applied(*transaction, store.tables); !whole)
    return whole;
  return std::move(*transaction).commit();
}

/// Makes the tables that the journal is too old to have, in one commit.
auto make_added_tables(lmdb_store& store) -> result<void> {
  auto transaction = lmdb_transaction::begin(store.env.get(), 0);
  if (!transaction)
    return fail(transaction.error());
  if (auto opened = open_all_tables(*transaction, store.tables, MDB_CREATE); !opened)
    return opened;
  auto committed = std::move(*transaction).commit();
  if (committed)
    lengthen_data_file(store.env.get());
  return committed;
}

/// The same in a larger map as long as the map is full and may grow; nothing where all tables are there or nothing may
/// be written.
auto add_missing_tables(lmdb_store& store, const journal_options& options) -> result<void> {
  if (options.mode == open_mode::read_only || store.tables.notes != 0)
    return {};
  return store.readers->with_room(options.map_bytes_max, [&] { return make_added_tables(store); });
}

/// Makes the data file where there is none, or an empty one.
auto make_missing_data(const journal_options& options) -> result<void> {
  auto bytes = data_bytes(options);
  if (!bytes)
    return fail(bytes.error());
  if (*bytes != 0 || options.mode != open_mode::create_or_open)
    return {};
  return make_lmdb_file(start_of(options), data_file(options),
                        [&](const lmdb_env& env) { return create_tables(env, options); });
}

auto places_of(const lmdb_tables& tables) -> table_places {
  table_places places;
  for (std::uint8_t place = 0; const auto& entry : lmdb_table_names)
    places.of.at(tables.*entry.table) = place++;
  return places;
}

/// The data must be those that the identity file was written for. It is written last, so a journal whose making was
/// cut off may lack it.
auto check_identity(const lmdb_store& store, const journal_options& options) -> result<void> {
  auto identity = read_identity(options.directory);
  if (!identity)
    return fail(identity.error());
  if (*identity && **identity != store.id) {
    return fail(journal_errc::corrupt, "the data in " + options.directory.string() +
                                           " are those of journal " + to_string(store.id) +
                                           ", its identity file says " + to_string(**identity));
  }
  if (*identity || options.mode == open_mode::read_only)
    return {};
  return write_identity(options.directory, store.id);
}

} // namespace

auto open_lmdb_store(const journal_options& options) -> result<lmdb_store> {
  if (auto checked = check(options); !checked)
    return fail(checked.error());
  if (auto present = check_present(options); !present)
    return fail(present.error());
  lmdb_store store;
  auto entered = open_folder::enter(options.directory);
  if (!entered)
    return fail(entered.error());
  store.folder = std::move(*entered);
  if (options.mode != open_mode::read_only) {
    auto lock = owner_lock::take(options.directory);
    if (!lock)
      return fail(lock.error());
    store.lock = std::move(*lock);
  }
  // Until LMDB knows of this process, nobody is to put other data here.
  auto entrance = folder_entrance::pass(options.directory);
  if (!entrance)
    return fail(entrance.error());
  auto alarm = journal_alarm::open(options.directory, options.mode);
  if (!alarm)
    return fail(alarm.error());
  store.alarm = std::move(*alarm);
  if (auto admitted = admit_journal(options, store.alarm); !admitted)
    return fail(admitted.error());
  if (auto made = make_missing_data(options); !made)
    return fail(made.error());
  store.guard = lmdb_map_guard::watch(data_file(options), store.alarm.descriptor());
  auto env = open_environment(options, store.alarm);
  if (!env)
    return fail(env.error());
  store.env = std::move(*env);
  store.readers = std::make_unique<lmdb_readers>(store.env.get(), options.long_read);
  if (auto opened = open_existing(store); !opened)
    return fail(opened.error());
  if (auto added = add_missing_tables(store, options); !added)
    return fail(added.error());
  store.places = places_of(store.tables);
  if (auto identified = check_identity(store, options); !identified)
    return fail(identified.error());
  return store;
}

} // namespace tusker
