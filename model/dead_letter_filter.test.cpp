#include <tusker/model/dead_letter_filter.hpp>

#include <tusker_test/catch.hpp>

using namespace tusker;

namespace {

auto letter() -> dead_letter {
  dead_letter made;
  made.type = "MailWanted";
  made.died = timestamp(std::chrono::hours(10));
  made.attempts = {{timestamp(), "no route"}, {timestamp(), "timed_out: no answer"}};
  return made;
}

} // namespace

TEST_CASE("an empty filter fits every dead letter") {
  CHECK(fits(letter(), {}));
  CHECK(fits(dead_letter(), {}));
}

TEST_CASE("a dead letter is found by its type, a part of its last failure, and when it died") {
  dead_letter_filter filter;
  filter.type = "MailWanted";
  filter.failure = "timed_out";
  filter.died_since = timestamp(std::chrono::hours(10));
  filter.died_before = timestamp(std::chrono::hours(11));
  CHECK(fits(letter(), filter));
  SECTION("not of another type") {
    filter.type = "MailSent";
  }
  SECTION("not by an earlier failure") {
    filter.failure = "no route";
  }
  SECTION("not from before") {
    filter.died_since = timestamp(std::chrono::hours(11));
  }
  SECTION("not from its very end") {
    filter.died_before = timestamp(std::chrono::hours(10));
  }
  if (filter.type != "MailWanted" || filter.failure != "timed_out" ||
      filter.died_since != timestamp(std::chrono::hours(10)) ||
      filter.died_before != timestamp(std::chrono::hours(11)))
    CHECK_FALSE(fits(letter(), filter));
}
