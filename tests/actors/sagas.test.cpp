#include "booked_trip.hpp"

#include <tusker/model/saga_call.hpp>
#include <tusker_test/catch.hpp>

#include <string>
#include <vector>

using namespace tusker;
using namespace travelling;
using namespace std::chrono_literals;

namespace {

using texts = std::vector<std::string>;

/// Nothing of it is under way any more.
void check_is_over(node& test) {
  CHECK(test.outbox_is_empty());
  CHECK(test.timers() == 0);
  CHECK(test.runtime->stats().calls_in_flight == 0);
  CHECK(test.runtime->dead_letters()->letters.empty());
}

} // namespace

TEST_CASE("a saga goes its way by itself from its start event to its end") {
  node test;
  test.plan("t1", {"a", "b", "c"});
  CHECK(test.holder("a") == "t1");
  CHECK(test.holder("c") == "t1");
  CHECK(test.types_of("fare", "t1") == texts{"FareAsked"});
  CHECK(test.phase("t1") == saga_phase::running);
  REQUIRE(test.send("t1", pay_fare{"t1"}));
  CHECK(test.trip_is("t1") == "booked");
  CHECK(test.phase("t1") == saga_phase::completed);
  check_is_over(test);
}

TEST_CASE("a saga that fails undoes what it did") {
  node test;
  test.plan("t0", {"b"});
  test.plan("t1", {"a", "b"});
  CHECK(test.phase("t1") == saga_phase::compensated);
  CHECK(test.look("t1").failed_step == "seat");
  CHECK(test.look("t1").why == "SeatRefused");
  CHECK(test.holder("a").empty());
  CHECK(test.holder("b") == "t0");
  CHECK(test.trip_is("t1") == "dropped");
  CHECK(test.types_of("fare", "t1").empty());
}

TEST_CASE("a rejection fails a step like an event that says so") {
  node test;
  test.plan("broken1", {"a"});
  CHECK(test.phase("broken1") == saga_phase::compensated);
  CHECK(test.look("broken1").why == "SeatIsBroken");
  check_is_over(test);
}

TEST_CASE("a fare that is refused later turns the saga") {
  node test;
  test.plan("t1", {"a"});
  REQUIRE(test.send("t1", refuse_fare{"t1"}));
  CHECK(test.phase("t1") == saga_phase::compensated);
  CHECK(test.holder("a").empty());
  CHECK(test.types_of("fare", "t1") == texts{"FareAsked", "FareRefused"});
  check_is_over(test);
}

TEST_CASE("a fare that nobody answers is asked for again, and returned at last") {
  node test;
  test.plan("t1", {"a"});
  test.pass(5s + 1s);
  CHECK(test.types_of("fare", "t1") == texts{"FareAsked", "FareAsked"});
  test.pass(5s + 2s);
  CHECK(test.types_of("fare", "t1") == texts{"FareAsked", "FareAsked", "FareAsked"});
  test.pass(5s);
  CHECK(test.phase("t1") == saga_phase::compensated);
  CHECK(test.types_of("fare", "t1").back() == "FareReturned");
  CHECK(test.trip_is("t1") == "dropped");
  check_is_over(test);
}

TEST_CASE("an undo that is given up leaves the saga stuck, in sight, until an operator has it tried again") {
  node test;
  test.plan("stuck1", {"a"});
  REQUIRE(test.send("stuck1", refuse_fare{"stuck1"}));
  test.pass(1s);
  CHECK(test.phase("stuck1") == saga_phase::stuck);
  auto stuck = test.runtime->sagas({"booking", saga_phase::stuck});
  REQUIRE(stuck->sagas.size() == 1);
  CHECK(stuck->sagas[0].key == "stuck1");
  auto again = test.runtime->retry_saga("booking", "stuck1");
  test.run();
  REQUIRE(again.get());
  CHECK(test.phase("stuck1") == saga_phase::compensating);
  test.pass(1s);
  CHECK(test.phase("stuck1") == saga_phase::stuck);
}

TEST_CASE("what an operator cannot have is rejected, and changes nothing") {
  node test;
  test.plan("t1", {"a"});
  auto before = test.look("t1").transitions;
  auto refused = test.runtime->retry_saga("booking", "t1");
  auto unknown = test.runtime->retry_saga("booking", "t2");
  auto misnamed = test.runtime->retry_saga("bookng", "t1");
  test.run();
  CHECK(refused.get().error().code() == runtime_errc::rejected);
  CHECK(unknown.get().error().code() == runtime_errc::rejected);
  CHECK(misnamed.get().error().code() == runtime_errc::unknown_saga);
  CHECK(misnamed.get().error().message().find("booking") != std::string::npos);
  CHECK(test.look("t1").transitions == before);
}

TEST_CASE("an operator may have a saga compensated that waits") {
  node test;
  test.plan("t1", {"a"});
  auto undone = test.runtime->compensate_saga("booking", "t1", "the customer called");
  test.run();
  REQUIRE(undone.get());
  CHECK(test.phase("t1") == saga_phase::compensated);
  CHECK(test.look("t1").why == "the customer called");
  CHECK(test.holder("a").empty());
  check_is_over(test);
}

TEST_CASE("who waits for a saga is told when it ends, and at once when it has") {
  node test;
  auto early = test.runtime->await_saga<booking>("t1", 1h);
  test.plan("t1", {"a"});
  CHECK_FALSE(early.is_ready());
  REQUIRE(test.send("t1", pay_fare{"t1"}));
  REQUIRE(early.is_ready());
  CHECK(early.get()->phase == saga_phase::completed);
  CHECK(*early.get() == test.look("t1")); // all that its stream says
  auto late = test.runtime->await_saga<booking>("t1", 1h);
  REQUIRE(late.is_ready());
  CHECK(late.get()->phase == saga_phase::completed);
}

TEST_CASE("who waits for longer than the deadline is told where the saga stands") {
  node test;
  auto waiting = test.runtime->await_saga<booking>("t1", 3s);
  auto never = test.runtime->await_saga<booking>("t2", 3s);
  test.plan("t1", {"a"});
  test.pass(2s);
  CHECK_FALSE(waiting.is_ready());
  test.pass(1s);
  REQUIRE(waiting.is_ready());
  CHECK(waiting.get().error().code() == runtime_errc::timed_out);
  CHECK(waiting.get().error().message().find("running") != std::string::npos);
  REQUIRE(never.is_ready());
  CHECK(never.get().error().message().find("not begun") != std::string::npos);
}

TEST_CASE("who waits at the shutdown is told that the node stopped") {
  node test;
  auto waiting = test.runtime->await_saga<booking>("t1", 1h);
  test.run();
  (void)test.runtime->shutdown();
  REQUIRE(waiting.is_ready());
  CHECK(waiting.get().error().code() == runtime_errc::stopped);
}

TEST_CASE("a saga begins by an event that is given to it by name, once") {
  node test;
  REQUIRE(test.send("x", plan_trip{"other", {}, 0})); // the aggregates need not know the saga's key
  auto event = trip_planned{"t9", {"a"}, 500};
  auto id = command_id_from_key(test.runtime.clock().now(), "start");
  auto begun = test.runtime->start_saga<booking>(event, {.command_id = id});
  test.run();
  auto again = test.runtime->start_saga("booking", encode_message(event).value(), {.command_id = id});
  auto wrong = test.runtime->start_saga("booking", encode_message(fare_paid{"t9", ""}).value());
  test.run();
  REQUIRE(begun.get());
  CHECK(again.get()->kind == receipt_kind::repeated);
  CHECK(wrong.get().error().message().find("TripPlanned") != std::string::npos);
  CHECK(test.holder("a") == "t9");
}

TEST_CASE("what a saga's command leads to says which call it was, and belongs together with the start") {
  node test;
  test.plan("t1", {"a"});
  auto started = test.events_of("trip", "t1").front();
  auto reserved = test.events_of("seat", "a").front();
  CHECK(saga_call_of(reserved.data.meta) == saga_call{*stream_id::make("booking", "t1"), 1});
  CHECK(caller_of(reserved) == *stream_id::make("booking", "t1"));
  CHECK(reserved.data.meta.correlation_id == started.data.meta.correlation_id);
  // A name alone is no proof.
  reserved.data.meta.causation_id = started.data.id.value();
  CHECK_FALSE(caller_of(reserved));
}

TEST_CASE("a saga whose state was lost goes on from its stream") {
  runtime_options options;
  options.idle_passivation = 1s;
  node test(options);
  test.plan("t1", {"a"});
  test.pass(3s);
  CHECK(test.runtime->stats().passivations > 0);
  REQUIRE(test.send("t1", pay_fare{"t1"}));
  CHECK(test.phase("t1") == saga_phase::completed);
}

TEST_CASE("an ended saga leaves memory at once") {
  node test;
  test.plan("t1", {"a"});
  auto before = test.runtime->stats().passivations;
  REQUIRE(test.send("t1", pay_fare{"t1"}));
  CHECK(test.runtime->stats().passivations == before + 1);
}

TEST_CASE("who waits for a saga is told also of an end that an operator brought about") {
  node test;
  auto waiting = test.runtime->await_saga<booking>("t1", 24h);
  test.plan("t1", {"a"});
  (void)test.runtime->compensate_saga("booking", "t1", "the customer called");
  test.run();
  REQUIRE(waiting.is_ready());
  CHECK(waiting.get()->phase == saga_phase::compensated);
}

TEST_CASE("what a call led to is told from memory, and read from the stream only where nobody remembers") {
  node test;
  test.plan("t1", {"a"});
  CHECK(test.journal.reads_of("seat-a") == 1); // when the seat was recovered
  CHECK(test.types_of("seat", "a") == std::vector<std::string>{"SeatReserved"});
}

TEST_CASE("whatever part of the node dies after whichever commit, a saga ends as if none had died") {
  using kind = node_part::part_kind;
  const std::vector<node_part> parts{{kind::journal, "", 0},    {kind::router, "booking", 0},
                                     {kind::router, "seat", 0}, {kind::dispatcher, "", 0},
                                     {kind::calls, "", 0},      {kind::desk, "", 0},
                                     {kind::timers, "", 0},     {kind::outbox, "", 0}};
  for (const auto& part : parts) {
    for (int dies_at = 1; dies_at <= 12; ++dies_at) {
      INFO(static_cast<int>(part.kind) << " of " << part.aggregate_type << " at commit " << dies_at);
      node test;
      int commits = 0;
      test.journal.before_append = [&](std::span<const append_item>) {
        if (++commits == dies_at)
          test.runtime.crash(part);
      };
      (void)test.runtime->dispatch<trip>("t1", plan_trip{"t1", {"a", "b"}, 500});
      test.run();
      test.pass(4s);
      if (test.phase("t1") == saga_phase::none) // the trip itself was not planned: its caller sends it again
        test.plan("t1", {"a", "b"});
      test.pass(2s);
      (void)test.send("t1", pay_fare{"t1"});
      test.pass(10s);
      if (test.types_of("fare", "t1").back() != "FarePaid") {
        (void)test.send("t1", pay_fare{"t1"});
        test.pass(5s);
      }
      check_is_booked(test);
      CHECK(test.types_of("seat", "b") == texts{"SeatReserved"});
    }
  }
}

TEST_CASE("a commit whose answer was lost sends its calls all the same") {
  for (int lost_at = 1; lost_at <= 10; ++lost_at) {
    INFO("at commit " << lost_at);
    node test;
    int commits = 0;
    test.journal.before_append = [&](std::span<const append_item>) {
      if (++commits == lost_at)
        test.journal.next_failure_after_write = error(journal_errc::io_error, "the disk did not answer");
    };
    (void)test.runtime->dispatch<trip>("t1", plan_trip{"t1", {"a", "b"}, 500});
    test.run();
    test.pass(4s);
    (void)test.send("t1", pay_fare{"t1"});
    test.pass(10s);
    check_is_booked(test);
  }
}
