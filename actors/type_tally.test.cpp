#include <tusker/actors/type_tally.hpp>

#include <tusker_test/catch.hpp>

#include <string>

namespace tusker {

TEST_CASE("a tally counts by type, and what is new past its limit together") {
  type_tally tally;
  tally.add("order", 2);
  tally.add("order", 3);
  for (std::size_t number = 1; number < type_tally::names_max + 10; ++number)
    tally.add("t" + std::to_string(number), 1);
  auto counts = tally.read();
  CHECK(counts.size() == type_tally::names_max + 1);
  CHECK(counts["order"] == 5);
  CHECK(counts["other"] == 10);
}

} // namespace tusker
