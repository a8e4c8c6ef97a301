#include <tusker/persistence/log_overlay.hpp>

#include <tusker/persistence/apply_rows.hpp>
#include <tusker/persistence/commit_log_reader.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/log_recovery.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace tusker {

auto log_overlay::refresh(std::uint64_t applied) -> result<void> {
  std::lock_guard lock(mutex_);
  drop_applied(applied);
  // What was missed can only be found by who looks for it again.
  if (first_ > applied + 1)
    start_over(applied);
  auto followed = follower_.follow(applied, [this](const logged_batch& batch) { return take(batch); });
  if (!followed)
    return followed;
  // Batches that their writer had not acknowledged were given up, or all are in LMDB.
  if (follower_.last() < last_)
    forget_all(applied);
  // Readers see what is durable and nothing else.
  return last_ > applied ? follower_.sync_last() : result<void>();
}

auto log_overlay::view_behind(std::uint64_t applied) const -> result<tail_view> {
  std::lock_guard lock(mutex_);
  tail_view view;
  if (last_ <= applied)
    return view;
  if (first_ > applied + 1)
    return fail(journal_errc::corrupt, "batches " + std::to_string(applied + 1) + " to " +
                                           std::to_string(first_ - 1) +
                                           " of the commit log cannot be read, and later ones can");
  view.parts.reserve(parts_.size());
  std::transform(parts_.rbegin(), parts_.rend(), std::back_inserter(view.parts), [&](const auto& part) {
    return tail_view::seen_part{part, last_, applied};
  });
  return view;
}

auto log_overlay::take(const logged_batch& batch) -> result<void> {
  if (batch.sequence != last_ + 1)
    forget_all(batch.sequence - 1);
  if (parts_.empty() || is_full_part(parts_.back()->rows))
    parts_.push_back(std::make_shared<tail_part>());
  auto& part = *parts_.back();
  auto added = visit_changes(batch, [&](const row_change& change) { part.rows.add(batch.sequence, change); });
  part.last = last_ = batch.sequence;
  return added;
}

/// All up to `applied` is in LMDB, and of what is behind it nothing is here.
void log_overlay::forget_all(std::uint64_t applied) {
  parts_.clear();
  first_ = applied + 1;
  last_ = applied;
}

void log_overlay::start_over(std::uint64_t applied) {
  forget_all(applied);
  follower_ = commit_log_follower(directory_, journal_, applied);
}

void log_overlay::drop_applied(std::uint64_t applied) {
  while (!parts_.empty() && parts_.front()->last <= applied) {
    first_ = parts_.front()->last + 1;
    parts_.pop_front();
  }
}

auto overlay_commit_log(lmdb_store& store, const std::filesystem::path& directory) -> result<void> {
  auto before = applied_batch_of(store);
  // As a whole, which tells damage from what is not written yet.
  auto log = read_commit_log(directory, store.id);
  if (!log || !before)
    return fail(log ? before.error() : log.error());
  // Looked up behind the reading: what left the log meanwhile is in LMDB.
  auto after = applied_batch_of(store);
  if (!after)
    return fail(after.error());
  if (auto whole = batches_behind(*after, std::move(*log)); !whole)
    return fail(whole.error());
  store.overlay = std::make_unique<log_overlay>(directory, store.id, *before);
  return {};
}

} // namespace tusker
