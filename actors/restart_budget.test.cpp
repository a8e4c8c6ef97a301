#include <tusker/actors/restart_budget.hpp>

#include <tusker_test/catch.hpp>

using namespace tusker;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

auto three_a_minute() -> restart_budget {
  return {3, seconds(60), {milliseconds(100), 2.0, milliseconds(300), 0.5, 0}};
}

} // namespace

TEST_CASE("restarts wait longer each time, up to the cap, and end when the budget is spent") {
  auto budget = three_a_minute();
  auto now = restart_budget::time_point();
  CHECK(budget.spend(now, 1) == milliseconds(100));
  CHECK(budget.spend(now, 1) == milliseconds(200));
  CHECK(budget.spend(now, 1) == milliseconds(300));
  CHECK(budget.spend(now, 1) == std::nullopt);
  CHECK(budget.spend(now + seconds(59), 1) == std::nullopt);
}

TEST_CASE("a restart that is a window ago does not count any more, and waiting begins anew") {
  auto budget = three_a_minute();
  auto now = restart_budget::time_point();
  for (auto at : {0, 10, 20})
    CHECK(budget.spend(now + seconds(at), 1));
  CHECK_FALSE(budget.spend(now + seconds(59), 1));
  CHECK(budget.spend(now + seconds(60), 1) == milliseconds(300));
  CHECK_FALSE(budget.spend(now + seconds(61), 1));
  CHECK(budget.spend(now + seconds(1'000), 1) == milliseconds(100));
}

TEST_CASE("a part of each delay is drawn by lot") {
  CHECK(three_a_minute().spend({}, 0) == milliseconds(50));
  CHECK(three_a_minute().spend({}, 0.5) == milliseconds(75));
}

TEST_CASE("a budget of none gives none") {
  restart_budget budget(0, seconds(60), {});
  CHECK_FALSE(budget.spend({}, 0));
}
