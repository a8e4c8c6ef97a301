#include <tusker/actors/admission_limit.hpp>

#include <tusker_test/catch.hpp>

using namespace tusker;
using std::chrono::milliseconds;

namespace {

/// Lets `windows` tenths of a second pass in which answers take so long while so many are inside.
void pass(admission_limit& limit, admission_limit::time_point& now, int windows, milliseconds took,
          std::size_t inside) {
  for (auto at = 0; at < windows * 100; ++at) {
    now += milliseconds(1);
    limit.note(took, std::min(inside, limit.limit()), now);
  }
}

} // namespace

TEST_CASE("answers within the target leave the limit where it is, at the most there may be") {
  admission_limit limit(1'000, milliseconds(50));
  auto now = admission_limit::time_point();
  pass(limit, now, 20, milliseconds(50), 1'000);
  CHECK(limit.limit() == 1'000);
}

TEST_CASE("answers past the target lower the limit window by window, down to what one batch takes") {
  admission_limit limit(1'000, milliseconds(50));
  auto now = admission_limit::time_point();
  pass(limit, now, 1, milliseconds(51), 1'000);
  auto first = limit.limit();
  CHECK(first < 1'000);
  CHECK(first >= 700);
  pass(limit, now, 30, milliseconds(51), 1'000);
  CHECK(limit.limit() == 64);
}

TEST_CASE("one late answer in a hundred is no reason, two are") {
  admission_limit limit(1'000, milliseconds(50));
  auto now = admission_limit::time_point() + milliseconds(200);
  for (auto at = 0; at < 99; ++at)
    limit.note(milliseconds(1), 900, admission_limit::time_point());
  limit.note(milliseconds(90), 900, now);
  CHECK(limit.limit() == 1'000);
  for (auto at = 0; at < 98; ++at)
    limit.note(milliseconds(1), 900, now);
  limit.note(milliseconds(90), 900, now);
  limit.note(milliseconds(90), 900, now + milliseconds(200));
  CHECK(limit.limit() < 1'000);
}

TEST_CASE("a limit that is used and kept to rises again, one that is not used stays") {
  admission_limit limit(1'000, milliseconds(50));
  auto now = admission_limit::time_point();
  pass(limit, now, 30, milliseconds(51), 1'000);
  REQUIRE(limit.limit() == 64);
  pass(limit, now, 5, milliseconds(1), 10);
  CHECK(limit.limit() == 64);
  pass(limit, now, 10, milliseconds(1), 1'000);
  auto risen = limit.limit();
  CHECK(risen > 90);
  CHECK(risen < 200);
  pass(limit, now, 100, milliseconds(1), 1'000);
  CHECK(limit.limit() == 1'000);
}

TEST_CASE("a burst far above what is used is cut to what was inside") {
  admission_limit limit(10'000, milliseconds(50));
  auto now = admission_limit::time_point();
  pass(limit, now, 1, milliseconds(500), 400);
  CHECK(limit.limit() == 300);
}

TEST_CASE("without a target the limit never moves") {
  admission_limit limit(1'000, milliseconds(0));
  auto now = admission_limit::time_point();
  pass(limit, now, 30, milliseconds(5'000), 1'000);
  CHECK(limit.limit() == 1'000);
}
