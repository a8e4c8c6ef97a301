#include "delivering_node.hpp"

#include <tusker/config/config_errc.hpp>
#include <tusker/persistence/delivery_notes.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>

// What becomes of dead letters, and what is said of subscribers that are not as they have to be.

using namespace tusker;
using std::chrono::milliseconds;
using std::chrono::seconds;
using amounts = std::vector<std::int64_t>;

TEST_CASE("a dead letter is tried again, leaves the list when it comes through, and leaves a trace") {
  delivering_node of;
  of.how.retries.attempts_max = 1;
  of.then = fails_on(1);
  of.start();
  of.add_many(2);
  auto offset = of.dead().at(0).offset;
  SECTION("it comes through") {
    of.then = nullptr;
    CHECK(of.answer((*of.node)->retry_dead_letters("mailer", {offset})) == 1U);
    CHECK(of.dead().empty());
    CHECK(of.amounts() == amounts{1, 2, 1});
    CHECK(of.trace() == std::vector<std::string>{"tusker.SubscriberAdded", "tusker.MessageDeadLettered",
                                                 "tusker.DeadLetterRetried", "tusker.DeadLetterResolved"});
  }
  SECTION("it fails again, and has all its attempts") {
    CHECK(of.answer((*of.node)->retry_dead_letters("mailer", {offset})) == 1U);
    REQUIRE(of.dead().size() == 1);
    CHECK(of.dead()[0].attempts_made == 2);
    CHECK(of.dead()[0].attempts.size() == 2);
  }
  SECTION("what is not there, or is tried already, is passed over") {
    of.how.retries.attempts_max = 3;
    of.restart();
    CHECK(of.answer((*of.node)->retry_dead_letters("mailer", {offset, offset, log_offset(77)})) == 1U);
    CHECK(of.answer((*of.node)->retry_dead_letters("mailer", {offset})) == 0U);
    CHECK(of.answer((*of.node)->drop_dead_letters("mailer", {offset}, "spam")) == 0U);
    CHECK(of.dead().size() == 1);
  }
  CHECK(read_parked(*of.log, "mailer", {}, 10).value().size() == of.status().parked);
}

TEST_CASE("a dead letter is dropped with a reason that stays") {
  delivering_node of;
  of.how.retries.attempts_max = 1;
  of.then = fails_on(1);
  of.start();
  of.add_many(1);
  auto offset = of.dead().at(0).offset;
  CHECK(of.answer((*of.node)->drop_dead_letters("mailer", {offset}, "the customer is gone")) == 1U);
  CHECK(of.dead().empty());
  auto slice = of.log->read_stream(delivery_stream("mailer"), stream_version(1), {}, read_direction::forward);
  CHECK(slice->events.back().data.content.json.find("the customer is gone") != std::string::npos);
}

TEST_CASE("what is wrong with a subscriber is said when it is added") {
  delivering_node of;
  auto code = [&] {
    of.node = std::move(*deterministic_runtime::open(
        {}, std::make_unique<forwarding_journal>(static_cast<journal&>(*of.log)), timestamp()));
    (*of.node)->add<counting::counter>().add_subscriber<delivering_node::added_events>(of.name, of.handler(),
                                                                                       of.how);
    return (*of.node)->start().error().code();
  };
  SECTION("its name") {
    of.name = "Mailer";
    CHECK(code() == model_errc::invalid_name);
  }
  SECTION("its options") {
    of.how.consumers = 0;
    CHECK(code() == config_errc::out_of_range);
  }
  SECTION("its name is taken, while the runtime runs too") {
    of.start();
    auto again = (*of.node)->subscribe<delivering_node::added_events>("mailer", of.handler(), of.how);
    CHECK(again.error().code() == runtime_errc::duplicate_type);
  }
}

TEST_CASE("a subscriber that nobody knows is an error with the nearest name") {
  delivering_node of;
  of.start();
  auto asked = of.answer((*of.node)->pause_subscriber("mailr"));
  REQUIRE_FALSE(asked);
  CHECK(asked.error().code() == runtime_errc::unknown_subscriber);
  CHECK(asked.error().message().find("mailer") != std::string::npos);
}

TEST_CASE("many dead letters are tried again at once, and the answer waits until all are durable") {
  constexpr auto many = 300;
  delivering_node of;
  of.how.retries.attempts_max = 1;
  of.then = [](const counting::added&) -> result<void> {
    return fail(model_errc::malformed_json, "not mine");
  };
  of.start();
  of.add_many(many);
  auto page = (*of.node)->dead_letters({{}, {}, {}, 1'000}).value();
  REQUIRE(page.letters.size() == many);
  std::vector<log_offset> offsets;
  for (const auto& letter : page.letters)
    offsets.push_back(letter.offset);
  of.then = nullptr;
  CHECK(of.answer((*of.node)->retry_dead_letters("mailer", offsets)) == std::uint64_t{many});
  CHECK(of.dead().empty());
  auto trace = of.trace();
  CHECK(std::count(trace.begin(), trace.end(), "tusker.DeadLetterRetried") == many);
  CHECK(std::count(trace.begin(), trace.end(), "tusker.DeadLetterResolved") == many);
}

TEST_CASE("what a handler says is never taken for a message that cannot be read") {
  delivering_node of;
  of.then = [](const counting::added&) -> result<void> {
    return fail(model_errc::schema_mismatch, "of something else");
  };
  of.start();
  of.add_many(1);
  CHECK(of.dead().empty());
  CHECK(of.status().parked == 1);
}

TEST_CASE("of a retry and a drop at the same moment one has its effect, whichever comes first") {
  auto is_retry_first = GENERATE(true, false);
  constexpr auto steps_max = 40;
  for (auto steps = 0; steps < steps_max; ++steps) {
    delivering_node of;
    of.how.retries.attempts_max = 1;
    of.then = fails_on(1);
    of.start();
    of.add_many(1);
    of.then = nullptr;
    auto offset = of.dead().at(0).offset;
    auto retry = [&] { return (*of.node)->retry_dead_letters("mailer", {offset}); };
    auto drop = [&] { return (*of.node)->drop_dead_letters("mailer", {offset, offset}, "spam"); };
    auto first = is_retry_first ? retry() : drop();
    for (auto step = 0; step < steps; ++step)
      (void)of.node->run_once();
    auto second = is_retry_first ? drop() : retry();
    auto third = is_retry_first ? retry() : drop();
    of.node->run();
    INFO("after step " << steps);
    CHECK(first.get() == 1U);
    CHECK(second.get() == 0U);
    CHECK(third.get() == 0U);
    CHECK(of.dead().empty());
    CHECK(of.calls.size() == (is_retry_first ? 2U : 1U));
    auto trace = of.trace();
    CHECK(std::count(trace.begin(), trace.end(), "tusker.DeadLetterDropped") == (is_retry_first ? 0 : 1));
    CHECK(std::count(trace.begin(), trace.end(), "tusker.DeadLetterResolved") == (is_retry_first ? 1 : 0));
  }
}
