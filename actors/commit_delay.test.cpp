#include <tusker/actors/commit_delay.hpp>

#include <tusker_test/catch.hpp>

using namespace tusker;
using std::chrono::microseconds;

namespace {

auto at(int microsecond) -> commit_delay::time_point {
  return commit_delay::time_point(std::chrono::seconds(1) + microseconds(microsecond));
}

/// After a commit of 320 µs: 20 µs from one to the next, 80 µs in all.
auto after_commit(std::size_t items) -> commit_delay {
  commit_delay delay;
  delay.commit_took(microseconds(320));
  delay.begin(at(0), items);
  return delay;
}

} // namespace

TEST_CASE("a commit is put off while most of those at work are still to come") {
  auto delay = after_commit(3);
  CHECK(delay.goes_on(at(0), 3, 64));
  CHECK(delay.goes_on(at(19), 31, 64));
  CHECK_FALSE(delay.goes_on(at(20), 32, 64));
}

TEST_CASE("one command alone waits for nobody") {
  CHECK_FALSE(after_commit(1).goes_on(at(0), 1, 1));
  CHECK_FALSE(after_commit(1).goes_on(at(0), 1, 2));
  // Appends of the node's own belong to no command.
  CHECK_FALSE(after_commit(1).goes_on(at(0), 1, 0));
}

TEST_CASE("a commit is not put off for those who do not come") {
  auto delay = after_commit(3);
  CHECK(delay.goes_on(at(19), 3, 64));
  CHECK_FALSE(delay.goes_on(at(20), 3, 64));
}

TEST_CASE("whoever comes has the next one waited for, but not for ever") {
  auto delay = after_commit(1);
  for (int came = 1; came <= 7; ++came)
    CHECK(delay.goes_on(at(came * 10), 1 + static_cast<std::size_t>(came), 64));
  CHECK_FALSE(delay.goes_on(at(80), 9, 64));
}

TEST_CASE("the first commit is not put off, and none by more than a part of what the last one took") {
  commit_delay delay;
  delay.begin(at(0), 1);
  CHECK_FALSE(delay.goes_on(at(0), 1, 64));
  delay.commit_took(microseconds(160));
  delay.begin(at(0), 1);
  CHECK(delay.goes_on(at(9), 1, 64));
  CHECK_FALSE(delay.goes_on(at(10), 1, 64));
}

TEST_CASE("after a commit that hung none is put off for as long") {
  commit_delay delay;
  delay.commit_took(std::chrono::seconds(4));
  delay.begin(at(0), 1);
  for (int came = 1; came <= 10; ++came)
    CHECK(delay.goes_on(at(came * 19), 1 + static_cast<std::size_t>(came), 64));
  CHECK_FALSE(delay.goes_on(at(200), 12, 64));
}
