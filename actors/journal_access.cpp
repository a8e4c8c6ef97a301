#include <tusker/actors/journal_access.hpp>

#include <utility>
#include <vector>

namespace tusker {

void journal_access::set(journal_link link) {
  std::vector<listener> told;
  {
    std::lock_guard lock(mutex_);
    // Swapped, not assigned: the last handle of an actor is let go of without the lock.
    std::swap(link_, link);
    told.reserve(listeners_.size());
    for (const auto& [watching, changed] : listeners_)
      told.push_back(changed);
  }
  for (const auto& changed : told)
    changed();
}

auto journal_access::current() const -> journal_link {
  std::lock_guard lock(mutex_);
  return link_;
}

auto journal_access::watch(listener changed) -> ticket {
  std::lock_guard lock(mutex_);
  listeners_.emplace(++last_ticket_, std::move(changed));
  return last_ticket_;
}

void journal_access::forget(ticket watching) {
  std::lock_guard lock(mutex_);
  listeners_.erase(watching);
}

} // namespace tusker
