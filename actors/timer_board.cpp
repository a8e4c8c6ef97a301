#include <tusker/actors/timer_board.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

void timer_board::announce(shard_id shard, timestamp due) {
  std::optional<waiter> woken;
  {
    std::lock_guard lock(mutex_);
    auto& earliest = news_.earliest.try_emplace(shard, due).first->second;
    earliest = std::min(earliest, due);
    earliest_ = std::min(earliest_.value_or(due), due);
    woken = take_woken();
  }
  if (woken)
    woken->then();
}

void timer_board::put_all_in_doubt() {
  std::optional<waiter> woken;
  {
    std::lock_guard lock(mutex_);
    news_.is_all_in_doubt = true;
    woken = take_woken();
  }
  if (woken)
    woken->then();
}

/// REQUIRES: the lock is held.
auto timer_board::take_woken() -> std::optional<waiter> {
  auto is_woken = waiter_ && (news_.is_all_in_doubt || (earliest_ && *earliest_ < waiter_->before));
  return is_woken ? std::exchange(waiter_, std::nullopt) : std::nullopt;
}

auto timer_board::take() -> news {
  std::lock_guard lock(mutex_);
  earliest_.reset();
  return std::exchange(news_, {});
}

auto timer_board::await(timestamp before, listener then) -> ticket {
  std::optional<waiter> woken;
  ticket waiting = 0;
  {
    std::lock_guard lock(mutex_);
    waiting = ++last_ticket_;
    waiter_ = waiter{before, std::move(then)};
    woken = take_woken();
  }
  if (woken)
    woken->then();
  return waiting;
}

void timer_board::forget(ticket waiting) {
  std::lock_guard lock(mutex_);
  if (waiting == last_ticket_)
    waiter_.reset();
}

} // namespace tusker
