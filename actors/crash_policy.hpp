#pragma once

#include <tusker/model/retry_policy.hpp>

#include <chrono>
#include <cstdint>

namespace tusker {

/// How long an aggregate that crashed so many times in a row, with no answer in between, is left alone before it is
/// started again. The first two crashes cost nothing: most are of one bad command, and the next one is fine.
/// REQUIRES: 0 ≤ `lot` ≤ 1.
[[nodiscard]] inline auto delay_after_crash(std::uint32_t crashes, double lot) -> std::chrono::milliseconds {
  constexpr std::uint32_t free_crashes = 2;
  if (crashes <= free_crashes)
    return std::chrono::milliseconds(0);
  constexpr retry_policy policy{std::chrono::milliseconds(100), 2.0, std::chrono::seconds(30), 0.2, 0};
  return delay_after(policy, crashes - free_crashes, lot);
}

} // namespace tusker
