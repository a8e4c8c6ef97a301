#include "counting_node.hpp"

#include <tusker_test/catch.hpp>

#include <atomic>
#include <future>
#include <thread>

using namespace tusker;
using counting::counter;

TEST_CASE("commands before the start and after the shutdown are refused") {
  auto node = runtime::open({}, std::make_unique<journal_probe>()).value();
  node.add<counter>();
  CHECK(node.dispatch<counter>("a", counting::add{1}).get().error().code() == runtime_errc::stopped);
  REQUIRE(node.start());
  CHECK(node.dispatch<counter>("a", counting::add{1}).get());
  CHECK(node.shutdown());
  CHECK(node.dispatch<counter>("a", counting::add{1}).get().error().code() == runtime_errc::stopped);
  CHECK(node.load<counter>("a").error().code() == runtime_errc::stopped);
  CHECK(node.shutdown());
}

TEST_CASE("callers that dispatch while the runtime shuts down all get an answer") {
  for (auto round = 0; round < 20; ++round) {
    auto node = runtime::open({}, std::make_unique<journal_probe>()).value();
    REQUIRE(node.add<counter>().start());
    std::atomic<bool> is_stopped{false};
    std::atomic<int> receipts{0};
    std::vector<std::thread> callers;
    callers.reserve(3);
    for (auto caller = 0; caller < 3; ++caller) {
      callers.emplace_back([&] {
        while (!is_stopped) {
          auto answer = node.dispatch<counter>("a", counting::add{1}).get();
          receipts += answer ? 1 : 0;
          is_stopped = is_stopped || (!answer && answer.error().code() == runtime_errc::stopped);
        }
      });
    }
    while (receipts < 10)
      std::this_thread::yield();
    CHECK(node.shutdown());
    for (auto& caller : callers)
      caller.join();
    CHECK(is_stopped);
  }
}

TEST_CASE("what is wrong with an added type is said by start") {
  auto twice = runtime::open({}, std::make_unique<journal_probe>()).value();
  CHECK(twice.add<counter>().add<counter>().start().error().code() == runtime_errc::duplicate_type);
  auto named = runtime::open({}, std::make_unique<journal_probe>()).value();
  auto type = describe_aggregate<counter>();
  type.name = "Not A Category";
  CHECK(named.add(type).start().error().code() == model_errc::invalid_name);
}

TEST_CASE("a runtime starts once") {
  auto node = runtime::open({}, std::make_unique<journal_probe>()).value();
  REQUIRE(node.start());
  CHECK(node.start().error().code() == runtime_errc::already_started);
}

TEST_CASE("shutdown answers what is under way before it ends") {
  auto node = runtime::open({}, std::make_unique<journal_probe>()).value();
  REQUIRE(node.add<counter>().start());
  std::vector<pending<receipt>> answers;
  answers.reserve(500);
  for (auto number = 0; number < 500; ++number)
    answers.push_back(node.dispatch<counter>(std::to_string(number % 7), counting::add{1}));
  CHECK(node.shutdown());
  for (const auto& answer : answers) {
    REQUIRE(answer.is_ready());
    CHECK(answer.get());
  }
}

TEST_CASE("a shutdown with a disk that hangs answers everybody and comes back") {
  auto probe = std::make_unique<journal_probe>();
  std::promise<void> release;
  std::promise<void> closed;
  probe->before_append = [hang = release.get_future().share()](auto) { hang.wait(); };
  probe->on_close = [&] { closed.set_value(); };
  runtime_options options;
  options.drain_timeout = std::chrono::milliseconds(20);
  auto node = runtime::open(options, std::move(probe)).value();
  REQUIRE(node.add<counter>().start());
  auto answer = node.dispatch<counter>("a", counting::add{1});
  CHECK(node.shutdown().error().code() == runtime_errc::drain_timed_out);
  CHECK(answer.get().error().code() == runtime_errc::stopped);
  // The journal stays open as long as somebody is in it, and closes when he comes out.
  release.set_value();
  closed.get_future().wait();
}

TEST_CASE("a runtime is started and stopped many times under load without a loss") {
  for (auto round = 0; round < 20; ++round) {
    auto node = runtime::open({}, std::make_unique<journal_probe>()).value();
    REQUIRE(node.add<counter>().start());
    std::vector<pending<receipt>> answers;
    answers.reserve(50);
    for (auto number = 0; number < 50; ++number)
      answers.push_back(node.dispatch<counter>(std::to_string(number), counting::add{1}));
    CHECK(node.shutdown());
    for (const auto& answer : answers)
      CHECK(answer.is_ready());
  }
}

TEST_CASE("callers on several threads each get their own receipts, and the sum is right") {
  constexpr std::uint64_t threads = 4;
  constexpr std::uint64_t commands = 500;
  auto node = runtime::open({}, std::make_unique<journal_probe>()).value();
  REQUIRE(node.add<counter>().start());
  std::vector<std::thread> callers;
  callers.reserve(threads);
  std::atomic<std::uint64_t> receipts{0};
  for (std::uint64_t caller = 0; caller < threads; ++caller) {
    callers.emplace_back([&] {
      for (std::uint64_t number = 0; number < commands; ++number)
        receipts += node.dispatch<counter>(std::to_string(number % 10), counting::add{1}).get() ? 1U : 0U;
    });
  }
  for (auto& caller : callers)
    caller.join();
  CHECK(receipts == threads * commands);
  std::int64_t total = 0;
  for (auto key = 0; key < 10; ++key)
    total += node.load<counter>(std::to_string(key))->state.total;
  CHECK(total == static_cast<std::int64_t>(threads * commands));
  auto stats = node.stats();
  CHECK(stats.executed == threads * commands);
  CHECK(stats.events == threads * commands);
}
