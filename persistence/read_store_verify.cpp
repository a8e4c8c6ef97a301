#include <tusker/persistence/read_store_verify.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_meta_check.hpp>
#include <tusker/persistence/lmdb_snapshot.hpp>
#include <tusker/persistence/lmdb_structure_check.hpp>
#include <tusker/persistence/verify_read_directory.hpp>
#include <tusker/persistence/verify_read_rows.hpp>
#include <tusker/persistence/verify_run.hpp>

#include <utility>

namespace tusker {

namespace {

auto check_all(const verify_options& options, const lmdb_data_file& file, const lmdb_metas& metas,
               verify_notes& notes) -> result<void> {
  auto taken = lmdb_snapshot::take("read store", options.directory, file, metas);
  if (!taken)
    return fail(taken.error());
  auto tables = lmdb_structure_check(file, metas.page_bytes, taken->meta, notes).run();
  if (!tables)
    return fail(tables.error());
  for (const auto& table : *tables)
    notes.report().tables.push_back({table.name, table.entries, table.pages});
  auto scope = verify_read_scope::open(taken->transaction, *tables, notes);
  if (!scope)
    return fail(scope.error());
  if (auto checked = verify_read_directory(*scope); !checked)
    return checked;
  return verify_read_rows(*scope);
}

auto verify_files(const verify_options& options, verify_notes& notes) -> result<void> {
  auto file = lmdb_data_file::open(options.directory / "data.mdb");
  if (!file)
    return fail(file.error());
  auto bytes = file->bytes();
  if (!bytes)
    return fail(bytes.error());
  // A making that was cut off: it is made again.
  if (*bytes == 0)
    return fail(journal_errc::not_found, "there is no read store in " + options.directory.string());
  auto metas = read_metas(*file);
  if (metas)
    return check_all(options, *file, *metas, notes);
  // A read store is only looked for where one was: what is no environment any more is damage.
  if (metas.error().code() != journal_errc::unsupported_format)
    return fail(metas.error());
  notes.fault("data.mdb", "", metas.error().message());
  return {};
}

} // namespace

auto verify_read_store(const verify_options& options, verify_place& place) -> result<verify_report> {
  return run_verification(options, place, verify_files);
}

auto verify_read_store_in_child(const verify_options& options, const verify_watch& watch)
    -> result<verify_report> {
  return run_in_child(verify_read_store, options, watch);
}

} // namespace tusker
