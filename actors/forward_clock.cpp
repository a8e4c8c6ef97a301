#include <tusker/actors/forward_clock.hpp>

namespace tusker {

auto forward_clock::now(timestamp wall, steady_time steady) -> timestamp {
  auto went_on = wall_ + std::chrono::floor<std::chrono::microseconds>(steady - steady_);
  if (has_begun_ && wall < went_on)
    return went_on;
  has_begun_ = true;
  wall_ = wall;
  steady_ = steady;
  return wall;
}

} // namespace tusker
