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
