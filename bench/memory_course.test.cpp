#include <tusker/bench/memory_course.hpp>

#include <tusker_test/catch.hpp>

namespace tusker::bench {

namespace {

using namespace std::chrono_literals;

/// A run of ten seconds, in which memory is what it is told to be.
struct watched_run {
  timed_window window{10, timed_window::time_point(1h)};
  double memory_mb = 0;
  memory_course of{window, [this] { return memory_mb; }};

  void look(std::chrono::milliseconds at, double now_mb) {
    memory_mb = now_mb;
    of.look(window.opens() + at);
  }
  auto line() const -> measurement {
    measurement one;
    one.figures = of.figures();
    return one;
  }
};

} // namespace

TEST_CASE("memory is taken down once behind each tenth") {
  watched_run run;
  run.look(-200ms, 9);
  run.look(900ms, 9);
  for (auto tenth = 1; tenth <= 10; ++tenth) {
    run.look(tenth * 1'000ms + 100ms, 100 + tenth);
    run.look(tenth * 1'000ms + 200ms, 999);
  }
  CHECK(run.line().figure_of("rss_anon_tenth_1_mb") == 101);
  CHECK(run.line().figure_of("rss_anon_tenth_10_mb") == 110);
  CHECK(run.line().figure_of("rss_anon_half_1_most_mb") == 105);
  CHECK(run.line().figure_of("rss_anon_half_2_most_mb") == 110);
}

TEST_CASE("a look behind several tenths counts for all of them, and a tenth without one is nothing") {
  watched_run run;
  run.look(3'500ms, 7);
  CHECK(run.line().figure_of("rss_anon_tenth_3_mb") == 7);
  CHECK(run.line().figure_of("rss_anon_tenth_4_mb") == 0);
}

TEST_CASE("memory that is flat holds the claim, and memory that grows breaks it") {
  watched_run flat;
  watched_run growing;
  for (auto tenth = 1; tenth <= 10; ++tenth) {
    flat.look(tenth * 1'000ms, tenth % 2 == 0 ? 100 : 105);
    growing.look(tenth * 1'000ms, 100 + 10 * tenth);
  }
  CHECK(claim_of_memory(flat.line()).holds());
  CHECK_FALSE(claim_of_memory(growing.line()).holds());
}

TEST_CASE("memory is judged from a minute on") {
  CHECK_FALSE(is_memory_judged(59));
  CHECK(is_memory_judged(60));
}

} // namespace tusker::bench
