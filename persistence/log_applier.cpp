#include <tusker/persistence/log_applier.hpp>

#include <tusker/persistence/apply_rows.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <utility>

namespace tusker {

namespace {

using std::chrono::milliseconds;

/// How long a full disk is left alone.
constexpr milliseconds retry_after(200);
/// How often somebody who waits for bytes looks how far they are.
constexpr milliseconds look_every(1);

} // namespace

log_applier::log_applier(const lmdb_store& store, commit_log& log, const journal_options& options)
    : store_(store), log_(log), map_bytes_max_(options.map_bytes_max), apply_after_(options.apply_after),
      thread_([this] { run(); }) {}

log_applier::~log_applier() {
  {
    std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  work_.notify_one();
  thread_.join();
}

void log_applier::wake() {
  auto has_full_part = store_.tail->has_sealed();
  std::unique_lock lock(mutex_);
  if (!is_idle_ && !has_full_part)
    return;
  is_idle_ = false;
  lock.unlock();
  work_.notify_one();
}

auto log_applier::drain() -> result<void> {
  std::unique_lock lock(mutex_);
  // There may be space again: nobody has to wait for the next attempt to learn it.
  if (failure_ && failure_->code() == journal_errc::storage_full)
    failure_.reset();
  is_in_a_hurry_ = store_.tail->bytes() != 0;
  work_.notify_one();
  progress_.wait(lock, [&] { return failure_ || store_.tail->bytes() == 0; });
  if (failure_)
    return fail(*failure_);
  return {};
}

void log_applier::wait_until_left(std::uint64_t bytes, milliseconds at_most) {
  auto end = std::chrono::steady_clock::now() + at_most;
  std::unique_lock lock(mutex_);
  // Nothing is gathered while somebody waits for it.
  is_awaited_ = true;
  work_.notify_one();
  while (!failure_ && bytes_left() > bytes && std::chrono::steady_clock::now() < end)
    progress_.wait_for(lock, look_every);
  is_awaited_ = false;
}

auto log_applier::failure() const -> std::optional<error> {
  std::lock_guard lock(mutex_);
  return failure_;
}

auto log_applier::bytes_left() const -> std::uint64_t {
  auto left = std::uint64_t{store_.tail->bytes()};
  auto put = put_.load(std::memory_order_relaxed);
  return left > put ? left - put : 0;
}

void log_applier::run() {
  while (auto part = next_part())
    if (!goes_on_after(apply(*part)))
      return;
}

/// Null when the applier is to stop.
auto log_applier::next_part() -> std::shared_ptr<tail_part> {
  std::unique_lock lock(mutex_);
  auto is_pressing = [&] {
    return is_stopping_ || is_in_a_hurry_ || is_awaited_ || store_.tail->has_sealed();
  };
  for (;;) {
    // What is gathered makes one transaction: LMDB copies a page once in it, however often that changes.
    if (store_.tail->bytes() != 0)
      work_.wait_for(lock, apply_after_, is_pressing);
    if (auto part = store_.tail->oldest())
      return part;
    if (is_stopping_)
      return nullptr;
    is_idle_ = true;
    is_in_a_hurry_ = false;
    work_.wait(lock, [&] { return !is_idle_ || is_in_a_hurry_ || is_stopping_; });
  }
}

auto log_applier::apply(tail_part& part) -> result<void> {
  put_ = 0;
  auto announce = [&](std::uint64_t transaction) {
    part.applied_in.store(transaction, std::memory_order_release);
  };
  auto applied = apply_rows(store_, map_bytes_max_, {part.rows, part.last, announce, &put_});
  if (!applied)
    return applied;
  store_.tail->drop_oldest();
  put_ = 0;
  // The commit is durable: LMDB syncs it by itself.
  log_.recycle(part.last);
  // One that cannot be made now is made when it is needed, or refused then.
  (void)log_.prepare();
  return applied;
}

/// A full disk is tried again, as long as nobody wants to stop.
auto log_applier::goes_on_after(const result<void>& applied) -> bool {
  std::unique_lock lock(mutex_);
  failure_ = applied ? std::nullopt : std::optional(applied.error());
  progress_.notify_all();
  if (applied)
    return true;
  is_in_a_hurry_ = false;
  if (applied.error().code() != journal_errc::storage_full) {
    lock.unlock();
    store_.alarm.raise(to_string(applied.error()));
    return false;
  }
  work_.wait_for(lock, retry_after, [&] { return is_stopping_ || is_in_a_hurry_; });
  return !is_stopping_;
}

} // namespace tusker
