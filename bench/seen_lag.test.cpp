#include <tusker/bench/seen_lag.hpp>

#include <tusker_test/catch.hpp>

namespace tusker::bench {

TEST_CASE("the lag of an event is from its acknowledgement to its being seen") {
  using namespace std::chrono_literals;
  auto begun = seen_lag::time_point(1h);
  seen_lag lag;
  lag.acknowledged(16, begun);
  CHECK(lag.latencies().count() == 0);
  lag.seen(16, begun + 1'000us);
  CHECK(lag.latencies().count() == 1);
  CHECK(lag.latencies().percentile(100) == 1'000us);
}

TEST_CASE("an event that is seen before its acknowledgement has no lag") {
  using namespace std::chrono_literals;
  auto begun = seen_lag::time_point(1h);
  seen_lag lag;
  lag.seen(0, begun);
  lag.acknowledged(0, begun + 1ms);
  CHECK(lag.latencies().count() == 1);
  CHECK(lag.latencies().percentile(100) == 0ms);
}

TEST_CASE("one operation of sixteen is looked at") {
  using namespace std::chrono_literals;
  seen_lag lag;
  for (std::uint64_t number = 0; number < 160; ++number) {
    lag.acknowledged(number, seen_lag::time_point(1h));
    lag.seen(number, seen_lag::time_point(1h));
  }
  CHECK(lag.latencies().count() == 10);
}

} // namespace tusker::bench
