#include <tusker/actors/restart_budget.hpp>

namespace tusker {

auto restart_budget::spend(time_point now, double lot) -> std::optional<std::chrono::milliseconds> {
  while (!spent_.empty() && now - spent_.front() >= window_)
    spent_.pop_front();
  if (spent_.size() >= restarts_max_)
    return std::nullopt;
  spent_.push_back(now);
  return delay_after(delays_, static_cast<std::uint32_t>(spent_.size()), lot);
}

} // namespace tusker
