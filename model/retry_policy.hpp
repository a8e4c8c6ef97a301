#pragma once

#include <chrono>
#include <cstdint>

namespace tusker {

/// How often and how soon something that failed is tried again.
struct retry_policy {
  /// The delay after the first failed attempt.
  std::chrono::milliseconds delay_base{2000};
  /// Each further delay is this many times the one before. At least 1.
  double factor = 2.0;
  /// No delay is longer.
  std::chrono::milliseconds delay_max{std::chrono::minutes(10)};
  /// The share of a delay that is drawn by lot, from 0 (none) to 1 (all of it), so that many who failed together
  /// do not come back together.
  double jitter = 0.2;
  /// How many attempts there are in all, the first included. At least 1.
  std::uint32_t attempts_max = 3;
};

/// Whether another attempt follows after `attempts` have failed.
[[nodiscard]] auto may_retry(const retry_policy& policy, std::uint32_t attempts) -> bool;

/// The delay after the failed attempt number `attempt` (the first is 1): base × factor^(attempt − 1), capped, of
/// which the share `jitter` is multiplied by `lot`. REQUIRES: 0 ≤ `lot` ≤ 1, drawn by the caller.
[[nodiscard]] auto delay_after(const retry_policy& policy, std::uint32_t attempt, double lot)
    -> std::chrono::milliseconds;

} // namespace tusker
