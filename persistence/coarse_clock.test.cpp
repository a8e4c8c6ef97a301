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

TEST_CASE("a limit that a tick could pass is kept by the exact clock") {
  auto is_coarse = [](int limit_ms) {
    auto source = clock_for_limit(std::chrono::milliseconds(limit_ms));
    auto* kept = source.target<std::chrono::steady_clock::time_point (*)()>();
    return kept != nullptr && *kept == &coarse_steady_now;
  };
  CHECK_FALSE(is_coarse(1));
  CHECK_FALSE(is_coarse(100));
  CHECK(is_coarse(101));
  CHECK(is_coarse(1'000));
  auto before = std::chrono::steady_clock::now();
  auto exact = clock_for_limit(std::chrono::milliseconds(1))();
  CHECK(before <= exact);
}

} // namespace tusker
