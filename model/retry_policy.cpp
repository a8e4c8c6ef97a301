#include <tusker/model/retry_policy.hpp>

#include <algorithm>
#include <cmath>

namespace tusker {

auto may_retry(const retry_policy& policy, std::uint32_t attempts) -> bool {
  return attempts < policy.attempts_max;
}

auto delay_after(const retry_policy& policy, std::uint32_t attempt, double lot) -> std::chrono::milliseconds {
  // Zero times infinity would be no number at all.
  if (policy.delay_base <= std::chrono::milliseconds::zero())
    return std::chrono::milliseconds::zero();
  auto base = static_cast<double>(policy.delay_base.count());
  auto cap = static_cast<double>(policy.delay_max.count());
  // pow may overflow to infinity for late attempts; the cap takes care of that.
  auto full = std::min(cap, base * std::pow(policy.factor, static_cast<double>(std::max(attempt, 1U) - 1)));
  auto drawn = full * (1.0 - policy.jitter) + full * policy.jitter * lot;
  // The largest cap rounds up to 2^63, which has no integer.
  if (drawn >= cap)
    return policy.delay_max;
  return std::chrono::milliseconds(static_cast<std::int64_t>(drawn));
}

} // namespace tusker
