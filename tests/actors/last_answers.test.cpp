#include "lasting_node.hpp"

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <optional>
#include <string>
#include <vector>

// Deadlines, refusals and the end of a node: everybody is told, whoever was to tell him.

using namespace tusker;
using namespace lasting;
using std::chrono::seconds;

TEST_CASE("a deadline that passes while the dispatcher is away is told of when the next one has begun") {
  auto options = one_router();
  options.restart_delay = seconds(30);
  options.restart_delay_max = seconds(30);
  lasting_node node(options);
  // The journal is away for as long, so nothing is answered meanwhile.
  node.journal.failing_reopens = 100;
  node.journal.next_failure_after_write = error(journal_errc::io_error, "the disk failed");
  auto early = node.add("a", 1, {.timeout = seconds(5)});
  node.node.run();
  node.node.crash(the_dispatcher);
  node.node.run();
  auto late = node.add("a", 1, {.timeout = seconds(1)});
  node.node.advance(seconds(10));
  CHECK_FALSE(early.is_ready());
  CHECK_FALSE(late.is_ready());
  node.node.advance(seconds(40));
  for (const auto* answer : {&early, &late}) {
    REQUIRE(answer->is_ready());
    CHECK(answer->get().error().code() == runtime_errc::timed_out);
  }
  CHECK(node.node->stats().timed_out == 2);
  CHECK(node.node->stats().dispatcher_restarts == 1);
}

TEST_CASE("a deadline is kept by a dispatcher that follows one which died when nothing was under way") {
  lasting_node node;
  (void)node.add("a", 1, {.timeout = seconds(5)}); // so the first one was going to look
  node.node.run();
  node.node.crash(the_dispatcher);
  node.node.run();
  node.node.advance(seconds(1));
  node.journal.failing_reopens = 100;
  node.journal.next_failure_after_write = error(journal_errc::io_error, "the disk failed");
  auto late = node.add("a", 1, {.timeout = seconds(10)});
  node.node.advance(seconds(10));
  REQUIRE(late.is_ready());
  CHECK(late.get().error().code() == runtime_errc::timed_out);
}

TEST_CASE(
    "who is told that its time is over, that its router is lost or that the node gave up may send again") {
  enum class told { timed_out, router_lost, gave_up };
  auto by = GENERATE(told::timed_out, told::router_lost, told::gave_up);
  auto options = one_router();
  options.redeliveries_max = by == told::router_lost ? 0 : 3;
  options.restarts_max = by == told::gave_up ? 0 : 5;
  lasting_node node(options);
  node.journal.failing_reopens = by == told::timed_out ? 100 : 0;
  if (by == told::timed_out)
    node.journal.next_failure_after_write = error(journal_errc::io_error, "the disk failed");
  auto first = node.add("a", 1, {.timeout = seconds(2)});
  std::optional<pending<receipt>> again;
  first.then([&](const result<receipt>&) { again.emplace(node.add("a", 10, {.timeout = seconds(2)})); });
  if (by != told::timed_out)
    node.node.crash(router());
  node.node.run();
  for (auto at = 0; at < 5; ++at)
    node.node.advance(seconds(1));
  REQUIRE(first.is_ready());
  CHECK(first.get().error().code() ==
        (by == told::timed_out ? runtime_errc::timed_out : runtime_errc::aggregate_failed));
  REQUIRE(again);
  REQUIRE(again->is_ready());
  CHECK(again->get().has_value() == (by == told::router_lost));
}

TEST_CASE("a node that gave up for its dispatcher tells everybody, and for what dies then too") {
  auto options = one_router();
  options.restarts_max = 0;
  lasting_node node(options);
  auto first = node.add("a", 1);
  node.node.crash(the_dispatcher);
  node.node.run();
  REQUIRE(first.is_ready());
  CHECK_FALSE(node.node->health());
  node.node.crash(the_journal);
  node.node.crash(the_dispatcher);
  node.node.run();
  CHECK(node.node->stats().commands_in_routers == 0);
  CHECK(node.node->shutdown());
}

TEST_CASE(
    "an aggregate that leaves with a snapshot when the journal dies is told to end, and so does the node") {
  auto turns = GENERATE(range(0, 24));
  auto options = room_for_one();
  options.messages_per_turn_max = 1;
  lasting_node node(options);
  (void)node.add("a", 1);
  node.node.run();
  auto other = node.add("b", 10); // for which the first one leaves
  for (auto turn = 0; turn < turns; ++turn)
    (void)node.node.run_once();
  node.node.crash(the_journal);
  node.node.run();
  node.node.advance(seconds(1));
  CHECK(other.get());
  CHECK(node.total("a") == 1);
  CHECK(node.node->stats().passivating == 0);
  CHECK(node.node->shutdown());
  CHECK(node.node->given_up().actors_left_behind == 0);
}

TEST_CASE("answers that come later than the target let fewer commands in") {
  auto options = one_router();
  options.latency_target = std::chrono::milliseconds(100);
  options.commands_in_flight_max = 1'000;
  lasting_node node(options);
  std::optional<error> refusal;
  for (auto round = 0; round < 100 && !refusal; ++round) {
    std::vector<pending<receipt>> answers;
    answers.reserve(300);
    for (auto number = 0; number < 300; ++number)
      answers.push_back(node.add(std::to_string(number), 1));
    // A second goes by before the first of them is looked at.
    node.node.advance(seconds(1));
    for (const auto& answer : answers)
      if (!answer.get())
        refusal = answer.get().error();
  }
  REQUIRE(refusal);
  CHECK(refusal->code() == runtime_errc::overloaded);
  CHECK(refusal->message().find("latency_target") != std::string::npos);
}
