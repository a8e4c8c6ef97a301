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

TEST_CASE("a read looks at 64 times as many events, or bytes, as it may return") {
  auto looked_at = [](const read_limit& limit, std::size_t bytes_each) {
    std::size_t events = 0;
    for (scan_budget budget(limit); !budget.is_spent(); budget.spend(bytes_each))
      ++events;
    return events;
  };
  CHECK(looked_at({10, 1'000'000}, 10) == 640);
  CHECK(looked_at({0, 1'000'000}, 10) == 64);
  CHECK(looked_at({10, 1'000}, 1'000) == 64);
  CHECK(looked_at({10, 1'000}, 1'500) == 43);
  CHECK(looked_at({10, 0}, 0) == 640);
  CHECK(looked_at({10, std::numeric_limits<std::size_t>::max()}, 1'000'000) == 640);
}

} // namespace tusker
