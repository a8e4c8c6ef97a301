#include <tusker/persistence/journal_copy.hpp>

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/apply_rows.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/commit_log_reader.hpp>
#include <tusker/persistence/file_bytes.hpp>
#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_identity.hpp>
#include <tusker/persistence/lmdb_compact_copy.hpp>
#include <tusker/persistence/lmdb_file_copy.hpp>
#include <tusker/persistence/lmdb_start.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/lmdb_system.hpp>
#include <tusker/persistence/log_recovery.hpp>
#include <tusker/persistence/random_id.hpp>
#include <tusker/persistence/verify_child.hpp>

#include <chrono>
#include <system_error>
#include <utility>
#include <vector>

namespace tusker {

namespace {

namespace fs = std::filesystem;

auto open_to_copy(const fs::path& from) -> result<lmdb_store> {
  journal_options options;
  options.directory = from;
  options.mode = open_mode::read_only;
  return open_lmdb_store(options);
}

auto copy_data(const lmdb_store& from, const fs::path& to, copy_form form) -> result<compact_copy_report> {
  if (form == copy_form::compact)
    return copy_compacted(from, to);
  return copy_lmdb_file(from.env.get(), to).map([] { return compact_copy_report(); });
}

/// Brings a copy of the data up to the log that the journal had: what was acknowledged before the copy began is in it,
/// whether or not LMDB had it.
auto add_log(const fs::path& data, std::vector<owned_batch> log) -> result<void> {
  if (log.empty())
    return {};
  journal_options options;
  options.directory = data.parent_path();
  options.mode = open_mode::open_existing;
  auto store = open_lmdb_store(options);
  if (!store)
    return fail(store.error());
  auto applied = applied_batch_of(*store);
  if (!applied)
    return fail(applied.error());
  auto behind = batches_behind(*applied, std::move(log));
  return behind ? apply_batches(*store, options.map_bytes_max, *behind) : fail(behind.error());
}

/// Gives the data another id, in one durable commit.
auto put_id(const fs::path& data, const uuid& id) -> result<void> {
  std::error_code failed;
  auto bytes = fs::file_size(data, failed);
  if (failed)
    return fail(file_error(data, failed));
  constexpr std::uint64_t room = std::uint64_t{1} << 20U;
  auto start = lmdb_start{"copy", data.parent_path(), lmdb_table_names.size() + 6, 8, 2 * bytes + room};
  auto env = start_lmdb(start, data, static_cast<unsigned>(MDB_NOSUBDIR | MDB_NOLOCK), nullptr);
  if (!env)
    return fail(env.error());
  auto transaction = lmdb_transaction::begin(env->get(), 0);
  if (!transaction)
    return fail(transaction.error());
  lmdb_tables tables;
  if (auto opened = open_lmdb_table(*transaction, "sys", 0, "this is no Tusker journal", tables.system);
      !opened)
    return opened;
  auto body = std::move(byte_writer().raw(id.bytes)).take();
  if (auto put = put_system(*transaction, tables, system_key::id, body); !put)
    return put;
  return std::move(*transaction).commit();
}

} // namespace

auto check_copy(const fs::path& folder) -> result<log_offset> {
  auto report = verify_in_child({folder});
  if (!report)
    return fail(report.error());
  if (!report->is_clean())
    return fail(journal_errc::corrupt, "the copy is damaged: " + to_string(report->faults.front()));
  for (const auto* file : {"lock.mdb", "owner", "alarm"}) {
    std::error_code failed;
    fs::remove(folder / file, failed);
    if (failed)
      return fail(file_error(folder / file, failed));
  }
  return report->head;
}

auto copy_journal(const fs::path& from, const draft_folder& to, copy_form form, copy_identity identity)
    -> result<journal_copy> {
  auto data = to.path() / "data.mdb";
  journal_copy copy;
  std::vector<owned_batch> log;
  {
    auto store = open_to_copy(from);
    if (!store)
      return fail(store.error());
    copy.id = copy.origin = store->id;
    // First: what leaves the log meanwhile is in the data that are copied then.
    auto logged = read_commit_log(from, store->id);
    if (!logged)
      return fail(logged.error());
    log = std::move(*logged);
    auto copied = copy_data(*store, data, form);
    if (!copied)
      return fail(copied.error());
    copy.events_emptied = copied->events_emptied;
  }
  if (auto added = add_log(data, std::move(log)); !added)
    return fail(added.error());
  if (identity == copy_identity::own) {
    copy.id = random_uuid(std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()));
    if (auto put = put_id(data, copy.id); !put)
      return fail(put.error());
  }
  if (auto written = write_identity(to.path(), copy.id); !written)
    return fail(written.error());
  auto head = check_copy(to.path());
  if (!head)
    return fail(head.error());
  copy.head = *head;
  copy.bytes = file_bytes(data);
  return copy;
}

} // namespace tusker
