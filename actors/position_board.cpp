#include <tusker/actors/position_board.hpp>

#include <utility>

namespace tusker {

void position_board::announce(log_id log, log_offset head) {
  std::vector<listener> reached;
  {
    std::lock_guard lock(mutex_);
    auto& known = heads_[log];
    if (head <= known)
      return;
    known = head;
    reached = take_reached(log, head);
  }
  for (const auto& then : reached)
    then(head);
}

/// REQUIRES: the lock is held.
auto position_board::take_reached(log_id log, log_offset head) -> std::vector<listener> {
  std::vector<listener> reached;
  for (auto at = waiters_.begin(); at != waiters_.end();) {
    if (at->second.log != log || head <= at->second.after) {
      ++at;
      continue;
    }
    reached.push_back(std::move(at->second.then));
    at = waiters_.erase(at);
  }
  return reached;
}

auto position_board::head(log_id log) const -> log_offset {
  std::lock_guard lock(mutex_);
  auto known = heads_.find(log);
  return known == heads_.end() ? before_all_events : known->second;
}

auto position_board::await(log_id log, log_offset after, listener then) -> ticket {
  std::unique_lock lock(mutex_);
  auto head = heads_[log];
  auto waiting = ++last_ticket_;
  if (head <= after) {
    waiters_.emplace(waiting, waiter{log, after, std::move(then)});
    return waiting;
  }
  lock.unlock();
  then(head);
  return waiting;
}

void position_board::forget(ticket waiting) {
  std::lock_guard lock(mutex_);
  waiters_.erase(waiting);
}

auto position_board::waiting() const -> std::size_t {
  std::lock_guard lock(mutex_);
  return waiters_.size();
}

} // namespace tusker
