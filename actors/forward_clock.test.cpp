#include <tusker/actors/forward_clock.hpp>

#include <tusker_test/catch.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

namespace tusker {

namespace {

const auto noon = timestamp(1'800'000'000s);

struct clocks {
  explicit clocks(timestamp start) : wall(std::make_shared<manual_wall_clock>(start)), forward(wall) {}

  std::shared_ptr<manual_wall_clock> wall;
  forward_clock forward;
};

} // namespace

TEST_CASE("a forward clock shows the wall's time while that goes on") {
  clocks test(noon);
  CHECK(test.forward.now() == noon);
  test.wall->pass(5s);
  CHECK(test.forward.now() == noon + 5s);
}

TEST_CASE("a forward clock goes on steadily when the wall's clock is set back") {
  clocks test(noon);
  test.wall->pass(10s);
  test.wall->advance(-1h);
  CHECK(test.forward.now() == noon + 10s);
  test.wall->pass(30min);
  CHECK(test.forward.now() == noon + 10s + 30min);
  // The wall's clock catches up with it.
  test.wall->advance(2h);
  CHECK(test.forward.now() == test.wall->now());
}

TEST_CASE("a forward clock follows a step forward at once, and does not come back") {
  clocks test(noon);
  test.wall->advance(24h);
  CHECK(test.forward.now() == noon + 24h);
  test.wall->advance(-24h);
  test.wall->pass(1s);
  CHECK(test.forward.now() == noon + 24h + 1s);
}

TEST_CASE("a forward clock begins at any time, also before 1970") {
  clocks test(timestamp(-5s));
  CHECK(test.forward.now() == timestamp(-5s));
  test.wall->advance(-9s);
  test.wall->pass(1s);
  CHECK(test.forward.now() == timestamp(-4s));
}

TEST_CASE("a forward clock never goes back and never falls behind, whatever the wall's clock does") {
  std::mt19937 random(7); // NOLINT: the same steps in every run
  clocks test(noon);
  auto before = test.forward.now();
  for (auto step = 0; step < 10'000; ++step) {
    test.wall->pass(std::chrono::microseconds(random() % 10'000));
    if (random() % 50 == 0)
      test.wall->advance(std::chrono::seconds(static_cast<std::int64_t>(random() % 7'200) - 3'600));
    auto now = test.forward.now();
    REQUIRE(now >= test.wall->now());
    REQUIRE(now >= before);
    before = now;
  }
}

TEST_CASE("no thread sees a forward clock go back while another sets the wall's") {
  clocks test(noon);
  std::vector<std::thread> readers;
  std::vector<std::uint64_t> steps_back(3);
  readers.reserve(steps_back.size());
  for (auto& seen : steps_back) {
    readers.emplace_back([&seen, &test] {
      auto before = test.forward.now();
      for (auto look = 0; look < 20'000; ++look) {
        auto now = test.forward.now();
        seen += now < before ? 1 : 0;
        before = now;
      }
    });
  }
  for (auto step = 0; step < 20'000; ++step) {
    test.wall->advance(step % 2 == 0 ? 1h : -1h);
    test.wall->pass(1us);
  }
  for (auto& reader : readers)
    reader.join();
  CHECK(steps_back == std::vector<std::uint64_t>(3));
}

} // namespace tusker
