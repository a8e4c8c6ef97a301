#include <tusker/persistence/coarse_clock.hpp>

#include <tusker_test/catch.hpp>

namespace tusker {

TEST_CASE("the coarse clock does not go back, and is not ahead of the steady one") {
  auto first = coarse_steady_now();
  auto second = coarse_steady_now();
  auto exact = std::chrono::steady_clock::now();
  CHECK(first <= second);
  CHECK(second <= exact);
  // It is the same clock, not one that counts from elsewhere.
  CHECK(exact - first < std::chrono::hours(1));
  CHECK(first.time_since_epoch().count() > 0);
}

} // namespace tusker
