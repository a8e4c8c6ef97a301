#include <tusker/actors/forward_clock.hpp>

#include <tusker_test/catch.hpp>

#include <random>

using namespace std::chrono_literals;

namespace tusker {

namespace {

const auto noon = timestamp(1'800'000'000s);
const auto start = forward_clock::steady_time(77s);

} // namespace

TEST_CASE("a forward clock shows the wall's time while that goes on") {
  forward_clock clock;
  CHECK(clock.now(noon, start) == noon);
  CHECK(clock.now(noon + 5s, start + 5s) == noon + 5s);
}

TEST_CASE("a forward clock goes on steadily when the wall's clock is set back") {
  forward_clock clock;
  CHECK(clock.now(noon, start) == noon);
  CHECK(clock.now(noon - 1h, start + 10s) == noon + 10s);
  CHECK(clock.now(noon - 1h, start + 30min) == noon + 30min);
  // The wall's clock has caught up with it.
  CHECK(clock.now(noon + 2h, start + 2h) == noon + 2h);
}

TEST_CASE("a forward clock follows a step forward at once") {
  forward_clock clock;
  CHECK(clock.now(noon, start) == noon);
  CHECK(clock.now(noon + 24h, start + 1s) == noon + 24h);
  CHECK(clock.now(noon + 2s, start + 2s) == noon + 24h + 1s);
}

TEST_CASE("a forward clock begins at any time, also before 1970") {
  forward_clock clock;
  CHECK(clock.now(timestamp(-5s), start) == timestamp(-5s));
  CHECK(clock.now(timestamp(-9s), start + 1s) == timestamp(-4s));
}

TEST_CASE("a forward clock never goes back and never falls behind, whatever the wall's clock does") {
  std::mt19937 random(7); // NOLINT: the same steps in every run
  forward_clock clock;
  auto wall = noon;
  auto steady = start;
  auto before = clock.now(wall, steady);
  for (auto step = 0; step < 10'000; ++step) {
    auto passed = std::chrono::nanoseconds(random() % 10'000'000);
    steady += passed;
    wall += std::chrono::floor<std::chrono::microseconds>(passed);
    if (random() % 50 == 0)
      wall += std::chrono::seconds(static_cast<std::int64_t>(random() % 7'200) - 3'600);
    auto now = clock.now(wall, steady);
    REQUIRE(now >= wall);
    REQUIRE(now >= before);
    before = now;
  }
}

} // namespace tusker
