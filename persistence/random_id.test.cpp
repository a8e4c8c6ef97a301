#include <tusker/persistence/random_id.hpp>

#include <tusker_test/catch.hpp>

#include <set>

using namespace tusker;

TEST_CASE("random ids carry their time and never repeat") {
  auto time = timestamp{std::chrono::milliseconds(1'700'000'000'123)};
  std::set<uuid> ids;
  for (auto count = 0; count < 10'000; ++count)
    ids.insert(random_uuid(time));
  CHECK(ids.size() == 10'000);
  CHECK(time_of(*ids.begin()) == time);
}

TEST_CASE("random ids stand in the order of their microseconds") {
  auto begin = timestamp{std::chrono::milliseconds(1'700'000'000'123)};
  auto last = random_uuid(begin - std::chrono::microseconds(1));
  for (auto count = 0; count < 2'000; ++count) {
    auto next = random_uuid(begin + std::chrono::microseconds(count));
    REQUIRE(last < next);
    last = next;
  }
  CHECK(time_of(last) == begin + std::chrono::milliseconds(1));
}

TEST_CASE("random ids of times before 1970 are ids all the same") {
  auto early = timestamp{std::chrono::microseconds(-1'500)};
  CHECK(time_of(random_uuid(early)) == timestamp{});
  CHECK(random_uuid(early) != random_uuid(early));
}
