#include <tusker/actors/pending.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker_test/catch.hpp>

#include <thread>
#include <vector>

using namespace tusker;

TEST_CASE("the first answer counts and later ones are dropped") {
  auto state = std::make_shared<pending_state<int>>();
  pending<int> answer(state);
  CHECK_FALSE(answer.is_ready());
  CHECK(state->complete(1));
  CHECK_FALSE(state->complete(2));
  CHECK(answer.get() == 1);
}

TEST_CASE("get waits for an answer of another thread") {
  auto state = std::make_shared<pending_state<int>>();
  std::thread answerer([&] { state->complete(fail(runtime_errc::timed_out, "late")); });
  CHECK(pending<int>(state).get().error().code() == runtime_errc::timed_out);
  answerer.join();
}

TEST_CASE("every callback runs, in the order in which they were given") {
  auto state = std::make_shared<pending_state<int>>();
  std::vector<int> order;
  pending<int>(state).then([&](const result<int>&) { order.push_back(1); });
  pending<int>(state).then([&](const result<int>&) { order.push_back(2); });
  state->complete(5);
  CHECK(order == std::vector{1, 2});
}

TEST_CASE("a callback runs once, before or after the answer is there") {
  auto state = std::make_shared<pending_state<int>>();
  auto seen = 0;
  pending<int>(state).then([&](const result<int>& value) { seen += *value; });
  state->complete(5);
  state->complete(7);
  CHECK(seen == 5);
  pending<int>(state).then([&](const result<int>& value) { seen += *value; });
  CHECK(seen == 10);
}
