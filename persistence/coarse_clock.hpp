#pragma once

#include <chrono>
#include <functional>

namespace tusker {

using steady_source = std::function<std::chrono::steady_clock::time_point()>;

/// The time of `std::chrono::steady_clock`, late by a tick of the kernel's at the most (10 ms or less), for a fifth of
/// the price: for what happens with each command. Source: clock_gettime(2), CLOCK_MONOTONIC_COARSE.
[[nodiscard]] auto coarse_steady_now() -> std::chrono::steady_clock::time_point;

/// What tells whether something took longer than `limit`: the coarse clock where a tick is not a tenth of that.
[[nodiscard]] auto clock_for_limit(std::chrono::milliseconds limit) -> steady_source;

} // namespace tusker
