#include <tusker/bench/pace.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

namespace tusker::bench {

pace::pace(const timed_window& window, gauges of)
    : window_(window), gauges_(std::move(of)), part_seconds_(std::min(60.0, window.seconds() / 5)),
      seconds_(std::max<std::size_t>(static_cast<std::size_t>(window.seconds()), 1)) {}

void pace::record(time_point begun, time_point ended) {
  auto at = std::chrono::duration<double>(ended - window_.opens()).count();
  std::lock_guard lock(mutex_);
  auto look = [this](double& memory_mb) {
    if (memory_mb == 0)
      memory_mb = gauges_.memory_mb();
  };
  if (at >= part_seconds_)
    look(memory_.first_mb);
  if (at >= window_.seconds() / 2)
    look(memory_.half_mb);
  if (window_.is_over(ended))
    look(memory_.last_mb);
  if (!window_.counts(ended))
    return;
  constexpr double tenths = 10;
  if (auto tenth = static_cast<std::uint64_t>(at * tenths) + 1; tenth > tenths_seen_) {
    tenths_seen_ = tenth;
    unapplied_most_mb_ = std::max(unapplied_most_mb_, gauges_.unapplied_mb());
  }
  if (auto second = static_cast<std::size_t>(at); second < seconds_.size())
    ++seconds_[second];
  if (at < part_seconds_)
    first_.record(ended - begun);
  if (at >= window_.seconds() - part_seconds_)
    last_.record(ended - begun);
}

auto pace::least_second() const -> std::uint64_t {
  return *std::ranges::min_element(seconds_);
}

} // namespace tusker::bench
