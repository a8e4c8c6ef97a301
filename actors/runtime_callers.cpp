#include <tusker/actors/runtime_callers.hpp>

#include <tusker/model/result.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

void runtime_callers::add(const caller& waiting) {
  std::lock_guard lock(mutex_);
  if (callers_.size() >= sweep_at_) {
    std::erase_if(callers_, [](const auto& weak) {
      auto known = weak.lock();
      return !known || known->is_complete();
    });
    sweep_at_ = std::max(sweep_min, 2 * callers_.size());
  }
  callers_.push_back(waiting);
}

auto runtime_callers::answer_all(const error& why) -> std::size_t {
  std::vector<std::weak_ptr<pending_state<receipt>>> callers;
  {
    std::lock_guard lock(mutex_);
    callers = std::exchange(callers_, {});
  }
  // Without the lock: a caller's callback may dispatch again.
  return static_cast<std::size_t>(std::count_if(callers.begin(), callers.end(), [&why](const auto& weak) {
    auto waiting = weak.lock();
    return waiting && waiting->complete(fail(why));
  }));
}

} // namespace tusker
