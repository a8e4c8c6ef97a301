#include <tusker/actors/query_gate.hpp>

#include <tusker/actors/open_query.hpp>
#include <tusker/model/result.hpp>

#include <vector>

namespace tusker {

auto query_gate::enter(const std::shared_ptr<open_query>& query) -> gate_verdict {
  std::lock_guard lock(mutex_);
  if (!is_open_)
    return gate_verdict::closed;
  if (inside_.size() >= inside_max_)
    return gate_verdict::full;
  inside_.emplace(query.get(), query);
  return gate_verdict::entered;
}

void query_gate::leave(const open_query& query) {
  std::lock_guard lock(mutex_);
  inside_.erase(&query);
}

void query_gate::open() {
  std::lock_guard lock(mutex_);
  is_open_ = true;
}

void query_gate::close() {
  std::lock_guard lock(mutex_);
  is_open_ = false;
}

void query_gate::answer_all(const error& why) {
  std::vector<std::shared_ptr<open_query>> all;
  {
    std::lock_guard lock(mutex_);
    all.reserve(inside_.size());
    for (const auto& [query, known] : inside_)
      all.push_back(known.lock());
  }
  // Without the lock: each one leaves, and a caller's callback may ask again.
  for (const auto& query : all)
    if (query)
      query->complete(fail(why));
}

auto query_gate::is_open() const -> bool {
  std::lock_guard lock(mutex_);
  return is_open_;
}

auto query_gate::inside() const -> std::size_t {
  std::lock_guard lock(mutex_);
  return inside_.size();
}

} // namespace tusker
