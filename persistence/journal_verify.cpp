#include <tusker/persistence/journal_verify.hpp>

#include <tusker/persistence/folder_entrance.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_identity.hpp>
#include <tusker/persistence/lmdb_meta_check.hpp>
#include <tusker/persistence/lmdb_snapshot.hpp>
#include <tusker/persistence/lmdb_structure_check.hpp>
#include <tusker/persistence/verify_commit_log.hpp>
#include <tusker/persistence/verify_entries.hpp>
#include <tusker/persistence/verify_events.hpp>
#include <tusker/persistence/verify_index.hpp>
#include <tusker/persistence/verify_names.hpp>
#include <tusker/persistence/verify_run.hpp>
#include <tusker/persistence/verify_scope.hpp>
#include <tusker/persistence/verify_streams.hpp>
#include <tusker/persistence/verify_system.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

/// Whether there ever was a journal here: then what is missing now is damage.
auto has_identity(const std::filesystem::path& directory) -> bool {
  auto identity = read_identity(directory);
  return !identity || identity->has_value();
}

auto check_content(verify_scope& scope, const verify_options& options) -> result<void> {
  // In this order: events need the number of shards, the index and receipts need the head.
  if (auto checked = verify_system(scope, options.directory); !checked)
    return checked;
  for (auto check :
       {verify_names, verify_streams, verify_events, verify_applied, verify_index, verify_entries})
    if (auto checked = check(scope); !checked)
      return checked;
  return {};
}

auto check_all(const verify_options& options, const lmdb_data_file& file, const lmdb_metas& metas,
               verify_notes& notes) -> result<void> {
  // First: what leaves the log meanwhile is in the snapshot then.
  auto log = read_log_to_verify(options.directory);
  auto taken = lmdb_snapshot::take("journal", options.directory, file, metas);
  if (!taken)
    return fail(taken.error());
  auto tables = lmdb_structure_check(file, metas.page_bytes, taken->meta, notes).run();
  if (!tables)
    return fail(tables.error());
  auto is_journal =
      std::any_of(tables->begin(), tables->end(), [](const auto& table) { return table.name == "sys"; });
  if (!is_journal && notes.faults() == 0 && !has_identity(options.directory))
    return fail(journal_errc::unsupported_format, file.path().string() + " is no Tusker journal");
  for (const auto& table : *tables)
    notes.report().tables.push_back({table.name, table.entries, table.pages});
  auto scope = verify_scope::open(taken->transaction, *tables, notes);
  if (!scope)
    return fail(scope.error());
  auto checked = check_content(*scope, options);
  notes.report().head = scope->head;
  return checked ? verify_commit_log(*scope, std::move(log)) : checked;
}

auto missing_journal(const verify_options& options) -> error {
  return {journal_errc::not_found, "there is no journal in " + options.directory.string()};
}

/// Data that are missing where a journal was are a fault; where none was there is nothing to verify.
auto judge_missing(const verify_options& options, verify_notes& notes, error why) -> result<void> {
  if (!has_identity(options.directory))
    return fail(std::move(why));
  notes.fault("data.mdb", "", why.message());
  return {};
}

auto verify_files(const verify_options& options, verify_notes& notes) -> result<void> {
  // The file that is read here has to be the one that LMDB maps.
  auto entrance = folder_entrance::pass(options.directory);
  if (!entrance)
    return judge_missing(options, notes, missing_journal(options));
  auto file = lmdb_data_file::open(options.directory / "data.mdb");
  if (!file && file.error().code() != journal_errc::not_found)
    return fail(file.error());
  auto bytes = file ? file->bytes() : result<std::uint64_t>(0);
  if (!bytes)
    return fail(bytes.error());
  if (*bytes == 0)
    return judge_missing(options, notes, missing_journal(options));
  auto metas = read_metas(*file);
  if (!metas && metas.error().code() == journal_errc::unsupported_format)
    return judge_missing(options, notes, metas.error());
  if (!metas && metas.error().code() == journal_errc::corrupt) {
    notes.fault("pages", "", metas.error().message());
    return {};
  }
  if (!metas)
    return fail(metas.error());
  return check_all(options, *file, *metas, notes);
}

} // namespace

auto verify_journal(const verify_options& options, verify_place& place) -> result<verify_report> {
  return run_verification(options, place, verify_files);
}

} // namespace tusker
