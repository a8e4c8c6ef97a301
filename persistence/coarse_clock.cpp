#include <tusker/persistence/coarse_clock.hpp>

#include <ctime>

namespace tusker {

auto coarse_steady_now() -> std::chrono::steady_clock::time_point {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return std::chrono::steady_clock::time_point(std::chrono::seconds(now.tv_sec) +
                                               std::chrono::nanoseconds(now.tv_nsec));
}

auto clock_for_limit(std::chrono::milliseconds limit) -> steady_source {
  constexpr std::chrono::milliseconds ten_ticks(100);
  return limit > ten_ticks ? steady_source(coarse_steady_now) : steady_source(std::chrono::steady_clock::now);
}

} // namespace tusker
