#include <tusker/actors/forward_clock.hpp>

#include <chrono>
#include <utility>

namespace tusker {

namespace {

auto microseconds_of(wall_clock::steady_time time) -> std::int64_t {
  return std::chrono::floor<std::chrono::microseconds>(time.time_since_epoch()).count();
}

} // namespace

forward_clock::forward_clock(std::shared_ptr<const wall_clock> wall)
    : wall_(std::move(wall)),
      ahead_us_(wall_->now().time_since_epoch().count() - microseconds_of(wall_->steady())) {}

auto forward_clock::now() const -> timestamp {
  // In this order: a thread that has to wait in between sees the wall's clock less far ahead, which changes nothing.
  auto wall = wall_->now().time_since_epoch().count();
  auto steady = microseconds_of(wall_->steady());
  auto known = ahead_us_.load();
  while (known < wall - steady && !ahead_us_.compare_exchange_weak(known, wall - steady)) {
  }
  return timestamp{std::chrono::microseconds(steady + ahead_us_.load())};
}

} // namespace tusker
