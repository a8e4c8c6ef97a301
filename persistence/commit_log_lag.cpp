#include <tusker/persistence/commit_log_lag.hpp>

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/apply_rows.hpp>
#include <tusker/persistence/commit_log_reader.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/lmdb_streams.hpp>

#include <utility>
#include <vector>

namespace tusker {

auto measure_log_lag(const std::filesystem::path& directory) -> result<commit_log_lag> {
  journal_options options;
  options.directory = directory;
  options.mode = open_mode::read_only;
  auto store = open_lmdb_store(options);
  if (!store)
    return fail(store.error());
  // The log first: what leaves it meanwhile is in the tables then.
  auto log = read_commit_log(directory, store->id);
  if (!log)
    return fail(log.error());
  auto read = store->readers->begin();
  if (!read)
    return fail(read.error());
  auto applied = applied_batch(read->transaction, store->tables);
  auto head = last_offset(read->transaction, store->tables);
  if (!applied || !head)
    return fail(applied ? head.error() : applied.error());
  auto behind = batches_behind(*applied, std::move(*log));
  if (!behind)
    return fail(behind.error());
  commit_log_lag lag{behind->size(), 0, behind->empty() ? *head : behind->back().head};
  for (const auto& batch : *behind)
    lag.bytes += batch.changes.size();
  return lag;
}

} // namespace tusker
