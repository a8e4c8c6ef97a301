#include <tusker/actors/runtime_measures.hpp>

#include <algorithm>
#include <array>

namespace tusker {

namespace {

/// From 100 µs, which a commit to memory takes, to 30 s, the longest that a command waits by default.
constexpr std::array<std::uint64_t, 17> time_bounds{
    100,     250,     500,     1'000,     2'500,     5'000,     10'000,     25'000,    50'000,
    100'000, 250'000, 500'000, 1'000'000, 2'500'000, 5'000'000, 10'000'000, 30'000'000};
/// Up to the most steps that one commit takes by default.
constexpr std::array<std::uint64_t, 11> batch_bounds{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1'024};

} // namespace

runtime_gauges::runtime_gauges()
    : command_latency_(time_bounds), commit_time_(time_bounds), batch_items_(batch_bounds) {}

auto runtime_gauges::read() const -> runtime_measures {
  return {events_by_type_.read(), command_latency_.read(), commit_time_.read(), batch_items_.read()};
}

auto runtime_gauges::microseconds(std::chrono::nanoseconds time) -> std::uint64_t {
  auto count = std::chrono::ceil<std::chrono::microseconds>(time).count();
  return static_cast<std::uint64_t>(std::max<std::int64_t>(count, 0));
}

} // namespace tusker
