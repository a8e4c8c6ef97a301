#include <tusker/bench/seen_lag.hpp>

namespace tusker::bench {

void seen_lag::meet(std::uint64_t number, time_point at, int sign) {
  if (number % stride != 0 || number >= operations_max)
    return;
  auto time = std::chrono::nanoseconds(at.time_since_epoch()).count();
  auto other = first_[number / stride].exchange(time);
  if (other == 0)
    return;
  std::lock_guard lock(mutex_);
  latencies_.record(std::chrono::nanoseconds(sign * (time - other)));
}

} // namespace tusker::bench
