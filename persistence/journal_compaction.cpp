#include <tusker/persistence/journal_compaction.hpp>

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/data_exchange.hpp>
#include <tusker/persistence/draft_folder.hpp>
#include <tusker/persistence/file_bytes.hpp>
#include <tusker/persistence/journal_copy.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_identity.hpp>
#include <tusker/persistence/lmdb_compact_copy.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/lmdb_streams.hpp>
#include <tusker/persistence/log_recovery.hpp>

#include <string>
#include <utility>

namespace tusker {

namespace {

namespace fs = std::filesystem;

/// With all that its log has.
auto open_to_compact(const fs::path& directory) -> result<lmdb_store> {
  journal_options options;
  options.directory = directory;
  options.mode = open_mode::open_existing;
  auto store = open_lmdb_store(options);
  if (!store)
    return store;
  auto recovered = recover_into_lmdb(*store, options);
  return recovered ? std::move(store) : fail(recovered.error());
}

auto head_of(const lmdb_store& store) -> result<log_offset> {
  auto read = store.readers->begin();
  if (!read)
    return fail(read.error());
  return last_offset(read->transaction, store.tables);
}

/// Lets LMDB go and keeps the owner's lock: from here on nobody in this process has the data open.
void close_data(lmdb_store& store) {
  store.readers.reset();
  store.env.reset();
}

} // namespace

auto compact_journal(const fs::path& directory) -> result<compaction_report> {
  auto store = open_to_compact(directory);
  if (!store)
    return fail(store.error());
  auto draft = draft_folder::begin(directory / "compacted");
  if (!draft)
    return fail(draft.error());
  auto copied = copy_compacted(*store, draft->path() / "data.mdb");
  auto head = copied ? head_of(*store) : fail(copied.error());
  if (!head)
    return fail(head.error());
  if (auto written = write_identity(draft->path(), store->id); !written)
    return fail(written.error());
  close_data(*store);
  auto checked = check_copy(draft->path());
  if (!checked)
    return fail(checked.error());
  if (*checked != *head)
    return fail(journal_errc::corrupt, "the copy ends at offset " + std::to_string(checked->value()) +
                                           ", the journal at " + std::to_string(head->value()));
  compaction_report report{*head, file_bytes(directory / "data.mdb"), 0, copied->events_emptied};
  if (auto exchanged = exchange_data_file(directory, draft->path() / "data.mdb"); !exchanged)
    return fail(exchanged.error());
  report.bytes_after = file_bytes(directory / "data.mdb");
  return report;
}

} // namespace tusker
