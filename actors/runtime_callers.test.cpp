#include <tusker/actors/runtime_callers.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker_test/catch.hpp>

using namespace tusker;

namespace {

auto stopped() -> error {
  return {runtime_errc::stopped, "the end"};
}

} // namespace

TEST_CASE("all who still wait are answered, the others keep what they got") {
  runtime_callers callers;
  std::vector<runtime_callers::caller> all;
  for (std::size_t number = 0; number < 10'000; ++number) {
    all.push_back(std::make_shared<pending_state<receipt>>());
    callers.add(all.back());
    if (number % 3 != 0)
      all.back()->complete(receipt{});
  }
  CHECK(callers.answer_all(stopped()) == 3'334);
  for (std::size_t number = 0; number < all.size(); ++number) {
    REQUIRE(all[number]->is_complete());
    CHECK(all[number]->wait().has_value() == (number % 3 != 0));
  }
  CHECK(callers.answer_all(stopped()) == 0);
}

TEST_CASE("a caller who has gone away is no caller") {
  runtime_callers callers;
  callers.add(std::make_shared<pending_state<receipt>>());
  CHECK(callers.answer_all(stopped()) == 0);
}

TEST_CASE("a caller's callback may bring the next caller while all are answered") {
  runtime_callers callers;
  auto first = std::make_shared<pending_state<receipt>>();
  auto second = std::make_shared<pending_state<receipt>>();
  first->on_completion([&](const auto&) { callers.add(second); });
  callers.add(first);
  CHECK(callers.answer_all(stopped()) == 1);
  CHECK_FALSE(second->is_complete());
  CHECK(callers.answer_all(stopped()) == 1);
}
