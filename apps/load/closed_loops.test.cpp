#include <tusker/load/closed_loops.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <thread>

using namespace tusker::load;
using tusker::receipt;
using tusker::result;
using tusker::runtime_errc;

namespace {

using answer_state = std::shared_ptr<tusker::pending_state<receipt>>;

auto overloaded() -> result<receipt> {
  return tusker::fail(runtime_errc::overloaded, "too many");
}

/// Tasks 0 to `count` - 1, each sent by `send`.
auto tasks(std::uint64_t count, std::function<tusker::pending<receipt>(std::uint64_t)> send)
    -> std::function<std::optional<loop_task>()> {
  return [count, send = std::move(send), number = std::uint64_t{0}]() mutable -> std::optional<loop_task> {
    if (number == count)
      return std::nullopt;
    auto task = number++;
    return loop_task{task, [send, task] { return send(task); }};
  };
}

auto answered_at_once(result<receipt> outcome) -> tusker::pending<receipt> {
  auto state = std::make_shared<tusker::pending_state<receipt>>();
  state->complete(std::move(outcome));
  return tusker::pending<receipt>(state);
}

} // namespace

TEST_CASE("no more commands are in flight than there are clients, and each answer starts the next") {
  constexpr std::size_t clients = 4;
  std::vector<answer_state> open;
  std::size_t most = 0;
  std::vector<std::uint64_t> answered;
  closed_loops loops(clients);
  // The last client's command answers an older one, so the others stay open as long as possible.
  auto send = [&](std::uint64_t number) {
    open.push_back(std::make_shared<tusker::pending_state<receipt>>());
    auto mine = open.back();
    most = std::max(most, open.size());
    if (open.size() == clients || number >= 97) {
      for (const auto& state : std::exchange(open, {}))
        state->complete(receipt{});
    }
    return tusker::pending<receipt>(mine);
  };
  loops.run(tasks(100, send), [&](const loop_answer& answer) { answered.push_back(answer.number); });
  CHECK(most == clients);
  std::sort(answered.begin(), answered.end());
  REQUIRE(answered.size() == 100);
  CHECK(answered.front() == 0);
  CHECK(answered.back() == 99);
}

TEST_CASE("answers that come at once, a million of them, need no stack") {
  std::uint64_t answered = 0;
  closed_loops loops(8);
  loops.run(tasks(1'000'000, [](auto) { return answered_at_once(receipt{}); }),
            [&](const loop_answer&) { ++answered; });
  CHECK(answered == 1'000'000);
}

TEST_CASE("answers from other threads are taken") {
  std::vector<std::thread> threads;
  std::uint64_t answered = 0;
  closed_loops loops(3);
  auto send = [&](auto) {
    auto state = std::make_shared<tusker::pending_state<receipt>>();
    threads.emplace_back([state] { state->complete(receipt{}); });
    return tusker::pending<receipt>(state);
  };
  loops.run(tasks(200, send), [&](const loop_answer& answer) {
    CHECK(answer.latency.count() >= 0);
    ++answered;
  });
  for (auto& thread : threads)
    thread.join();
  CHECK(answered == 200);
}

TEST_CASE("an overloaded command is sent again and its last answer counts") {
  std::vector<int> sendings(10);
  std::uint64_t good = 0;
  closed_loops loops(4);
  auto send = [&](std::uint64_t number) {
    return answered_at_once(++sendings[number] <= 2 ? overloaded() : receipt{});
  };
  loops.run(tasks(10, send), [&](const loop_answer& answer) { good += answer.outcome ? 1 : 0; });
  CHECK(good == 10);
  CHECK(loops.overloaded() == 20);
}

TEST_CASE("a command that is always overloaded is given up after a bounded number of attempts") {
  std::uint64_t given_up = 0;
  closed_loops loops(2);
  loops.run(tasks(3, [](auto) { return answered_at_once(overloaded()); }), [&](const loop_answer& answer) {
    REQUIRE_FALSE(answer.outcome);
    given_up += answer.outcome.error().code() == runtime_errc::overloaded ? 1 : 0;
  });
  CHECK(given_up == 3);
  CHECK(loops.overloaded() == std::uint64_t{3} * (closed_loops::attempts_max - 1));
}

TEST_CASE("nothing to do ends at once") {
  closed_loops loops(1);
  loops.run([] { return std::optional<loop_task>(); }, [](const loop_answer&) { FAIL("no answer was due"); });
  CHECK(loops.overloaded() == 0);
}
