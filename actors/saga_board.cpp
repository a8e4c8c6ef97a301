#include <tusker/actors/saga_board.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace tusker {

auto saga_board::wait(const stream_id& saga, std::chrono::milliseconds timeout, const answer& who) -> ticket {
  listener told;
  std::optional<error> closed;
  ticket number = 0;
  {
    std::lock_guard lock(mutex_);
    closed = closed_;
    if (!closed) {
      number = ++last_;
      if (!has_news())
        told = listener_;
      waiters_.emplace(number, waiter{saga, who, timeout});
      by_saga_.emplace(saga.name(), number);
      news_.arrivals.push_back({number, timeout});
    }
  }
  if (closed)
    (void)who->complete(fail(*closed));
  if (told)
    told();
  return number;
}

auto saga_board::extract(ticket number) -> std::optional<waiter> {
  auto found = waiters_.extract(number);
  if (!found)
    return std::nullopt;
  auto [first, last] = by_saga_.equal_range(found.mapped().saga.name());
  for (auto each = first; each != last; ++each) {
    if (each->second == number) {
      by_saga_.erase(each);
      break;
    }
  }
  return std::move(found.mapped());
}

auto saga_board::has_news() const -> bool {
  return !news_.arrivals.empty() || !news_.ended.empty();
}

/// That it is forgotten can wait until there is other news.
void saga_board::forget(ticket number) {
  std::lock_guard lock(mutex_);
  if (extract(number))
    news_.forgotten.push_back(number);
}

auto saga_board::is_awaited(const stream_id& saga) -> bool {
  std::lock_guard lock(mutex_);
  return by_saga_.contains(saga.name());
}

void saga_board::announce(const stream_id& saga, const saga_look& how) {
  listener told;
  {
    std::lock_guard lock(mutex_);
    auto had_news = has_news();
    auto [first, last] = by_saga_.equal_range(saga.name());
    std::vector<ticket> numbers;
    std::transform(first, last, std::back_inserter(numbers), [](const auto& each) { return each.second; });
    for (auto number : numbers)
      if (auto served = extract(number))
        news_.ended.push_back({number, std::move(served->who), how});
    if (!had_news && has_news())
      told = listener_;
  }
  if (told)
    told();
}

auto saga_board::take() -> news {
  std::lock_guard lock(mutex_);
  return std::exchange(news_, {});
}

auto saga_board::take(ticket number) -> std::optional<std::pair<stream_id, answer>> {
  std::lock_guard lock(mutex_);
  auto found = extract(number);
  return found ? std::optional(std::pair(std::move(found->saga), std::move(found->who))) : std::nullopt;
}

void saga_board::listen(listener told) {
  listener now;
  {
    std::lock_guard lock(mutex_);
    listener_ = std::move(told);
    news_.arrivals.clear();
    for (const auto& [number, each] : waiters_)
      news_.arrivals.push_back({number, each.timeout});
    if (has_news())
      now = listener_;
  }
  if (now)
    now();
}

void saga_board::close(const error& why) {
  std::map<ticket, waiter> waiting;
  news left;
  {
    std::lock_guard lock(mutex_);
    closed_ = why;
    waiting = std::exchange(waiters_, {});
    by_saga_.clear();
    left = std::exchange(news_, {});
    listener_ = nullptr;
  }
  for (const auto& each : left.ended)
    (void)each.who->complete(each.how);
  for (const auto& [number, each] : waiting)
    (void)each.who->complete(fail(why));
}

} // namespace tusker
