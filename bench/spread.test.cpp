#include <tusker/bench/spread.hpp>

#include <tusker_test/catch.hpp>

namespace tusker::bench {

TEST_CASE("a spread is the least, the middle and the most of what was measured") {
  auto odd = spread_of({3, 1, 9, 2, 4});
  CHECK(odd.least == 1);
  CHECK(odd.median == 3);
  CHECK(odd.most == 9);
  CHECK(spread_of({2, 1}).median == 1);
  CHECK(spread_of({5}).median == 5);
}

} // namespace tusker::bench
