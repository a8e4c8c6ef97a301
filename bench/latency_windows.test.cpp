#include <tusker/bench/latency_windows.hpp>

#include <tusker_test/catch.hpp>

namespace tusker::bench {

namespace {

using namespace std::chrono_literals;

/// Seconds of a hundred answers each, and what is recorded in them.
struct recorded_seconds {
  latency_windows::time_point begun{};
  bool is_judged = true;
  latency_windows windows{begun, [this] { return is_judged; }};
  std::chrono::milliseconds now{0};

  void second(std::chrono::nanoseconds latency) {
    for (auto answer = 0; answer < 100; ++answer)
      windows.record(begun + now + answer * 10ms, latency);
    now += 1s;
  }
};

} // namespace

TEST_CASE("the worst second is compared with the minute before it") {
  recorded_seconds of;
  for (auto second = 0; second < 10; ++second)
    of.second(2ms);
  of.second(50ms);
  of.second(2ms);
  CHECK(of.windows.worst_ratio() > 24);
  CHECK(of.windows.worst_ratio() < 26);
  CHECK(of.windows.all().count() == 1'200);
}

TEST_CASE("the first seconds are only compared with") {
  recorded_seconds of;
  of.second(1ms);
  of.second(80ms);
  of.second(1ms);
  of.second(1ms);
  of.second(1ms);
  CHECK(of.windows.judged() == 0);
  of.second(1ms);
  CHECK(of.windows.judged() == 1);
  CHECK(of.windows.worst_ratio() < 1);
}

TEST_CASE("what is older than a minute is forgotten") {
  recorded_seconds of;
  for (auto second = 0; second < 10; ++second)
    of.second(100ms);
  for (auto second = 0; second < 61; ++second)
    of.second(1ms);
  of.second(20ms);
  of.second(1ms);
  CHECK(of.windows.worst_ratio() > 19);
  CHECK(of.windows.worst_ratio() < 21);
}

TEST_CASE("a second that is not judged, or not over, does not count") {
  recorded_seconds of;
  for (auto second = 0; second < 10; ++second)
    of.second(1ms);
  of.second(1ms);
  of.is_judged = false;
  of.second(90ms);
  of.second(1ms);
  of.is_judged = true;
  of.second(90ms);
  CHECK(of.windows.worst_ratio() < 2);
}

TEST_CASE("a standstill is seen in the second that ends it") {
  recorded_seconds of;
  for (auto second = 0; second < 10; ++second)
    of.second(1ms);
  of.now += 4s;
  of.second(4s);
  of.second(1ms);
  CHECK(of.windows.worst_ratio() > 1'000);
}

} // namespace tusker::bench
