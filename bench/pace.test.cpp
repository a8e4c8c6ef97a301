#include <tusker/bench/pace.hpp>

#include <tusker_test/catch.hpp>

namespace tusker::bench {

namespace {

using namespace std::chrono_literals;

/// A run of ten seconds, whose operations all end when they are told to.
struct timed_run {
  timed_window window{10, timed_window::time_point(1h)};
  double memory_mb = 1;
  double unapplied_mb = 1;
  pace of{window, {[this] { return memory_mb; }, [this] { return unapplied_mb; }}};

  void end_at(std::chrono::milliseconds at, std::chrono::milliseconds took = 1ms) {
    of.record(window.opens() + at - took, window.opens() + at);
  }
};

} // namespace

TEST_CASE("the second with the fewest operations is found, one without any too") {
  timed_run run;
  for (auto second = 0; second < 10; ++second)
    for (auto count = 0; count < (second == 4 ? 2 : 5); ++count)
      run.end_at(second * 1'000ms + 10ms);
  CHECK(run.of.least_second() == 2);
  timed_run idle;
  idle.end_at(100ms);
  CHECK(idle.of.least_second() == 0);
}

TEST_CASE("what ends in the warm-up or behind the window does not count") {
  timed_run run;
  run.end_at(-1ms);
  run.end_at(10'000ms);
  CHECK(run.of.first().count() == 0);
  CHECK(run.of.last().count() == 0);
}

TEST_CASE("the first and the last fifth have percentiles of their own") {
  timed_run run;
  run.end_at(1'999ms, 3ms);
  run.end_at(2'000ms, 50ms);
  run.end_at(7'999ms, 50ms);
  run.end_at(8'000ms, 7ms);
  CHECK(run.of.first().percentile(100) == 3ms);
  CHECK(run.of.last().percentile(100) == 7ms);
}

TEST_CASE("memory is looked at behind the first part, halfway and at the end") {
  timed_run run;
  run.end_at(1'000ms);
  CHECK(run.of.memory_seen().first_mb == 0);
  run.end_at(2'100ms);
  run.memory_mb = 2;
  run.end_at(4'900ms);
  run.end_at(5'100ms);
  run.memory_mb = 3;
  run.end_at(10'001ms);
  CHECK(run.of.memory_seen().first_mb == 1);
  CHECK(run.of.memory_seen().half_mb == 2);
  CHECK(run.of.memory_seen().last_mb == 3);
}

TEST_CASE("the most that the data file lacked is kept, looked at once a tenth of a second") {
  timed_run run;
  run.end_at(10ms);
  run.unapplied_mb = 9;
  run.end_at(20ms);
  CHECK(run.of.unapplied_most_mb() == 1);
  run.unapplied_mb = 4;
  run.end_at(110ms);
  run.unapplied_mb = 2;
  run.end_at(5'000ms);
  CHECK(run.of.unapplied_most_mb() == 4);
}

} // namespace tusker::bench
