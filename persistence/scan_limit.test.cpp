#include <tusker/persistence/scan_limit.hpp>

#include <tusker_test/catch.hpp>

namespace tusker {

TEST_CASE("a slice is full at its number of events or when the next is too many bytes, but never at first") {
  constexpr auto limit = read_limit{2, 100};
  CHECK_FALSE(is_full(0, 0, 1'000, limit));
  CHECK_FALSE(is_full(1, 40, 60, limit));
  CHECK(is_full(1, 40, 61, limit));
  CHECK(is_full(2, 0, 0, limit));
  CHECK_FALSE(is_full(0, 0, 0, {0, 0}));
  CHECK(is_full(1, 0, 0, {0, 0}));
}

TEST_CASE("a read looks at 64 times as many events as it may return") {
  CHECK(scan_max({10, 1}) == 640);
  CHECK(scan_max({0, 1}) == 64);
}

} // namespace tusker
