#include <tusker/persistence/log_recovery.hpp>

#include <tusker/persistence/apply_rows.hpp>
#include <tusker/persistence/commit_log_batch.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_tail.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace tusker {

namespace {

/// As many segments at the least, so that one can be written while LMDB takes the others.
constexpr std::uint64_t segments_min = 8;
constexpr std::uint64_t segment_bytes_max = std::uint64_t{4} << 20U;

auto log_options(const lmdb_store& store, const journal_options& options) -> commit_log_options {
  commit_log_options made;
  made.directory = options.directory;
  made.journal = store.id;
  made.segment_bytes = std::min(segment_bytes_max, options.commit_log_bytes / segments_min);
  made.bytes_max = options.commit_log_bytes;
  return made;
}

/// Gathers batches and brings them to LMDB some thousand rows at a time.
class replaying {
public:
  replaying(const lmdb_store& store, std::uint64_t map_bytes_max)
      : store_(store), map_bytes_max_(map_bytes_max) {}

  auto take(const logged_batch& batch) -> result<void> {
    auto added = visit_changes(batch, [&](const row_change& change) { rows_->add(batch.sequence, change); });
    if (!added)
      return added;
    last_ = batch.sequence;
    return is_full_part(*rows_) ? apply() : result<void>();
  }

  auto apply() -> result<void> {
    if (rows_->count() == 0)
      return {};
    auto applied = apply_rows(store_, map_bytes_max_, {*rows_, last_});
    rows_.emplace();
    return applied;
  }

private:
  const lmdb_store& store_;
  std::uint64_t map_bytes_max_;
  std::optional<tail_rows> rows_{std::in_place};
  std::uint64_t last_ = 0;
};

/// The log, and the batch up to which LMDB has all.
struct opened_log {
  std::unique_ptr<commit_log> log;
  std::uint64_t applied;
};

auto open_log(const lmdb_store& store, const journal_options& options) -> result<opened_log> {
  auto applied = applied_batch_of(store);
  if (!applied)
    return fail(applied.error());
  return commit_log::open(log_options(store, options), *applied).map([&](auto log) {
    return opened_log{std::move(log), *applied};
  });
}

/// Whatever durability the environment has: the log goes only when LMDB can do without it.
auto recycle(const lmdb_store& store, commit_log& log, std::uint64_t applied) -> result<void> {
  if (auto code = mdb_env_sync(store.env.get(), 1); code != MDB_SUCCESS)
    return fail(lmdb_error(code, "what the commit log held cannot be made durable"));
  log.recycle(applied);
  return {};
}

} // namespace

auto recover_into_tail(lmdb_store& store, const journal_options& options)
    -> result<std::unique_ptr<commit_log>> {
  auto opened = open_log(store, options);
  if (!opened)
    return fail(opened.error());
  auto tail = std::make_unique<journal_tail>(opened->applied);
  auto taken = opened->log->replay([&](const logged_batch& batch) {
    (void)tail->begin();
    auto added = visit_changes(batch, [&](const row_change& change) { tail->add(change); });
    tail->publish();
    return added;
  });
  if (!taken)
    return fail(taken.error());
  if (auto freed = recycle(store, *opened->log, opened->applied); !freed)
    return fail(freed.error());
  store.tail = std::move(tail);
  return std::move(opened->log);
}

auto recover_into_lmdb(const lmdb_store& store, const journal_options& options)
    -> result<std::unique_ptr<commit_log>> {
  auto opened = open_log(store, options);
  if (!opened)
    return fail(opened.error());
  auto& log = opened->log;
  replaying replay(store, options.map_bytes_max);
  auto taken = log->replay([&](const logged_batch& batch) { return replay.take(batch); });
  if (taken)
    taken = replay.apply();
  if (!taken)
    return fail(taken.error());
  if (auto freed = recycle(store, *log, log->last_sequence()); !freed)
    return fail(freed.error());
  return std::move(log);
}

auto apply_batches(const lmdb_store& store, std::uint64_t map_bytes_max, std::span<const owned_batch> batches)
    -> result<void> {
  replaying replay(store, map_bytes_max);
  for (const auto& batch : batches)
    if (auto taken = replay.take({batch.sequence, batch.head, batch.changes}); !taken)
      return taken;
  return replay.apply();
}

auto visit_changes(const logged_batch& batch, const std::function<void(const row_change&)>& take)
    -> result<void> {
  return read_changes(batch.changes, [&](const row_change& change) -> result<void> {
    if (!is_known(change))
      return fail(journal_errc::corrupt, "batch " + std::to_string(batch.sequence) +
                                             " of the commit log changes what this program does not know");
    take(change);
    return {};
  });
}

auto is_known(const row_change& change) -> bool {
  return change.table < lmdb_table_names.size();
}

} // namespace tusker
