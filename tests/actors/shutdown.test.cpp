#include "counter.hpp"
#include "journal_probe.hpp"

#include <tusker/actors/runtime.hpp>
#include <tusker_test/catch.hpp>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <thread>
#include <variant>
#include <vector>

// What a shutdown says of what it gave up, also when a user's code hangs.

using namespace tusker;

namespace {

/// What its `decide` waits for, and how it says that it does.
struct decide_block {
  std::counting_semaphore<> begun{0};
  std::promise<void> release;
  std::shared_future<void> released{release.get_future()};
};

struct block {
  static constexpr auto schema = tusker::command("Block", 1);
};

struct blocked {
  static constexpr auto schema = tusker::event("Blocked", 1);
};

struct never {
  [[maybe_unused]] static constexpr auto schema = tusker::rejection("Never", 1);
};

/// Hangs in `decide` until the test releases it.
struct stubborn {
  static constexpr std::string_view type_name = "stubborn";
  using state = std::int64_t;
  using command = std::variant<block>;
  using event = std::variant<blocked>;
  using rejection = std::variant<never>;

  static inline decide_block* current = nullptr;

  static auto decide(state, const block&, const tusker::context&) -> tusker::decision<stubborn> {
    // It may be released after the test has gone on to the next one.
    auto& mine = *current;
    auto released = mine.released;
    mine.begun.release();
    released.wait();
    return blocked{};
  }
  static auto evolve(state, const blocked&) -> state { return 1; }
};

/// A node whose stubborn aggregates hang in `decide`.
struct hanging_node {
  explicit hanging_node(std::size_t worker_threads,
                        std::chrono::milliseconds drain_timeout = std::chrono::milliseconds(20)) {
    stubborn::current = &hang;
    auto probe = std::make_unique<journal_probe>();
    probe->on_close = [this] { closed.set_value(); };
    runtime_options options;
    options.drain_timeout = drain_timeout;
    options.worker_threads = worker_threads;
    node.emplace(runtime::open(options, std::move(probe)).value());
    REQUIRE(node->add<stubborn>().add<counting::counter>().start());
  }

  /// As many aggregates as that, one after the other.
  void hang_in_decide(int aggregates = 1) {
    for (auto number = 0; number < aggregates; ++number) {
      answers.push_back(node->dispatch<stubborn>(std::to_string(number), block{}));
      hang.begun.acquire();
    }
  }

  /// Lets it go on; returns when all that was left behind has ended.
  void let_go() {
    hang.release.set_value();
    closed.get_future().wait();
  }

  decide_block hang;
  std::promise<void> closed;
  std::optional<runtime> node;
  std::vector<pending<receipt>> answers;
};

} // namespace

TEST_CASE("a shutdown that has time for everything gives nothing up") {
  auto node = runtime::open({}, std::make_unique<journal_probe>()).value();
  REQUIRE(node.add<counting::counter>().start());
  CHECK(node.given_up() == shutdown_report{});
  std::vector<pending<receipt>> answers;
  answers.reserve(100);
  for (auto number = 0; number < 100; ++number)
    answers.push_back(node.dispatch<counting::counter>(std::to_string(number), counting::add{1}));
  CHECK(node.shutdown());
  auto report = node.given_up();
  CHECK(report.stopped == 0);
  CHECK(report.actors_left_behind == 0);
  // Those that were answered before the shutdown began are not among them.
  CHECK(report.finished <= 100);
  CHECK(node.stats().executed == 100);
}

TEST_CASE("what hangs in decide is left behind after the drain timeout, and the others get their answers") {
  hanging_node hanging(4);
  hanging.hang_in_decide();
  auto other = hanging.node->dispatch<counting::counter>("a", counting::add{1});
  CHECK(other.get());
  auto ended = hanging.node->shutdown();
  REQUIRE_FALSE(ended);
  CHECK(ended.error().code() == runtime_errc::drain_timed_out);
  auto report = hanging.node->given_up();
  CHECK(report.finished == 0);
  CHECK(report.stopped == 1);
  // On a busy machine others may not have ended in so short a time either.
  CHECK(report.actors_left_behind >= 1);
  CHECK(ended.error().message().find(std::to_string(report.actors_left_behind) + " actors") == 0);
  CHECK(hanging.answers.front().get().error().code() == runtime_errc::stopped);
  // The next call gives the same, and waits for nothing.
  CHECK(hanging.node->shutdown().error() == ended.error());
  // Who comes afterwards was not given up by the shutdown.
  CHECK_FALSE(hanging.node->dispatch<counting::counter>("a", counting::add{1}).get());
  CHECK(hanging.node->given_up().stopped == 1);
  hanging.let_go();
}

TEST_CASE("where the only worker hangs in decide, the spare one does the work of the others") {
  hanging_node hanging(1, std::chrono::seconds(60));
  hanging.hang_in_decide();
  for (auto number = 0; number < 100; ++number)
    REQUIRE(hanging.node->dispatch<counting::counter>(std::to_string(number), counting::add{1}).get());
  CHECK_FALSE(hanging.answers.front().is_ready());
  hanging.hang.release.set_value();
  CHECK(hanging.answers.front().get());
  CHECK(hanging.node->shutdown());
}

TEST_CASE("a shutdown answers everybody although all threads that run actors hang") {
  hanging_node hanging(1);
  hanging.hang_in_decide(2);
  for (auto number = 0; number < 10; ++number)
    hanging.answers.push_back(
        hanging.node->dispatch<counting::counter>(std::to_string(number), counting::add{1}));
  CHECK_FALSE(hanging.node->shutdown());
  for (const auto& answer : hanging.answers) {
    REQUIRE(answer.is_ready());
    CHECK(answer.get().error().code() == runtime_errc::stopped);
  }
  auto report = hanging.node->given_up();
  CHECK(report.finished == 0);
  CHECK(report.stopped == 12);
  // The two that hang, and those that had no thread to end on: dispatcher, routers, supervisor.
  CHECK(report.actors_left_behind > 1);
  CHECK(hanging.node->stats().stopped == 12);
  hanging.let_go();
}

TEST_CASE("what hung and was released in time is finished, not given up") {
  hanging_node hanging(4, std::chrono::seconds(60));
  hanging.hang_in_decide();
  auto shutting = std::async(std::launch::async, [&] { return hanging.node->shutdown(); });
  // The first who is turned away shows that the shutdown has begun; those before him are answered.
  auto is_stopped = [](const auto& answer) {
    return !answer && answer.error().code() == runtime_errc::stopped;
  };
  while (!is_stopped(hanging.node->dispatch<counting::counter>("a", counting::add{1}).get()))
    std::this_thread::yield();
  hanging.let_go();
  CHECK(shutting.get());
  CHECK(hanging.answers.front().get());
  auto report = hanging.node->given_up();
  CHECK(report.finished >= 1); // one of the others may have been under way too
  CHECK(report.stopped == 0);
  CHECK(report.actors_left_behind == 0);
}

TEST_CASE("commands still drain while the handler of a subscriber hangs") {
  using added_events = events_from<counting::counter, counting::added>;
  std::promise<void> begun;
  std::promise<void> release;
  auto released = release.get_future().share();
  auto handler = [&begun, released, is_first = std::make_shared<std::atomic<bool>>(true)](
                     const counting::added&, const delivery_context&) -> result<void> {
    if (is_first->exchange(false))
      begun.set_value();
    released.wait();
    return {};
  };
  runtime_options options;
  options.drain_timeout = std::chrono::seconds(60);
  auto node = runtime::open(options, std::make_unique<journal_probe>()).value();
  REQUIRE(node.add<counting::counter>().add_subscriber<added_events>("slow", handler).start());
  CHECK(node.dispatch<counting::counter>("a", counting::add{1}).get());
  begun.get_future().wait();
  auto shutting = std::async(std::launch::async, [&] { return node.shutdown(); });
  // Those that come before the gate is closed are answered, though the handler is where it was.
  auto answered = 0;
  for (auto is_open = true; is_open;) {
    auto answer = node.dispatch<counting::counter>(std::to_string(answered), counting::add{1}).get();
    is_open = answer.has_value();
    answered += is_open ? 1 : 0;
    if (!is_open)
      CHECK(answer.error().code() == runtime_errc::stopped);
  }
  CHECK(shutting.wait_for(std::chrono::seconds(0)) == std::future_status::timeout);
  release.set_value();
  CHECK(shutting.get());
  CHECK(node.given_up() == shutdown_report{node.given_up().finished, 0, 0});
}
