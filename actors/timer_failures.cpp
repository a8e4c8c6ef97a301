#include <tusker/actors/timer_failures.hpp>

namespace tusker {

void timer_failures::note(const timer_key& key, const error& why) {
  std::lock_guard lock(mutex_);
  if (failures_.size() < failures_max || failures_.contains({key.due, key.id}))
    failures_.insert_or_assign({key.due, key.id}, why);
}

void timer_failures::forget(const timer_key& key) {
  std::lock_guard lock(mutex_);
  failures_.erase({key.due, key.id});
}

auto timer_failures::find(const timer_key& key) const -> std::optional<error> {
  std::lock_guard lock(mutex_);
  auto found = failures_.find({key.due, key.id});
  return found == failures_.end() ? std::nullopt : std::optional(found->second);
}

} // namespace tusker
