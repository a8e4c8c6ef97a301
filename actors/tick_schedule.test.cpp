#include <tusker/actors/tick_schedule.hpp>

#include <tusker_test/catch.hpp>

using namespace std::chrono_literals;
using tusker::tick_schedule;

namespace {

constexpr auto start = tick_schedule::time_point(1h);

} // namespace

TEST_CASE("a tick is sent for the earliest time alone") {
  tick_schedule ticks;
  CHECK_FALSE(ticks.next({}, start));
  auto first = ticks.next(start + 5s, start);
  REQUIRE(first);
  CHECK(first->wait == 5s);
  CHECK_FALSE(ticks.next(start + 5s, start));
  CHECK_FALSE(ticks.next(start + 9s, start));
  auto earlier = ticks.next(start + 2s, start + 1s);
  REQUIRE(earlier);
  CHECK(earlier->wait == 1s);
  // The first one was overtaken.
  CHECK_FALSE(ticks.take(first->count));
  CHECK(ticks.take(earlier->count));
  CHECK(ticks.next(start + 9s, start + 2s));
}

TEST_CASE("what is due already is ticked for at once") {
  tick_schedule ticks;
  auto late = ticks.next(start - 1s, start);
  REQUIRE(late);
  CHECK(late->wait == 0s);
}
