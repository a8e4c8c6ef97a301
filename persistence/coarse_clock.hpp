#pragma once

#include <chrono>

namespace tusker {

/// The time of `std::chrono::steady_clock`, late by some milliseconds at the most (a tick of the kernel's), for a fifth
/// of the price: for what happens with each command and is looked at in seconds. Source: clock_gettime(2),
/// CLOCK_MONOTONIC_COARSE.
[[nodiscard]] auto coarse_steady_now() -> std::chrono::steady_clock::time_point;

} // namespace tusker
