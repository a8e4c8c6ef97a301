#include <tusker/model/saga_machine.hpp>

#include <tusker/model/saga_rehearsal.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/trip_saga.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

using namespace tusker;     // NOLINT(google-build-using-namespace)
using namespace travelling; // NOLINT(google-build-using-namespace)
using namespace std::chrono_literals;

namespace {

using texts = std::vector<std::string>;

struct rehearsal : rehearsed<booking> {
  void plan(std::vector<std::string> seats, std::string name = "t1") {
    when<trip>(trip_planned{std::move(name), std::move(seats), 500});
  }
  void reserve_all(std::uint32_t seats) {
    for (std::uint32_t seat_number = 0; seat_number < seats; ++seat_number)
      accept("seat", seat_number, seat_reserved{"t1"});
  }
  /// Up to the fare.
  void reach_fare() {
    plan({"a"});
    reserve_all(1);
  }
  /// Up to the booking.
  void reach_booking() {
    reach_fare();
    accept("fare", 0);
    when<fare>(fare_paid{"t1", "r-1"});
  }
};

/// One step of which only a failure is told, with two attempts; another one that is parked when nobody answers.
struct careful {
  static constexpr std::string_view type_name = "careful";
  using state = booking::state;
  static auto evolve(state at, const trip_planned& event) -> state {
    return booking::evolve(std::move(at), event);
  }
  static auto table() -> saga_table<careful> {
    return saga_table<careful>(1)
        .start<trip, trip_planned>(&trip_planned::trip)
        .undo<trip>([](const state& at) { return to(at.trip, drop_trip{}); })
        .step("seat")
        .send<seat>([](const state& at) { return to("a", reserve_seat{at.trip}); })
        .fail<seat_refused>()
        .deadline(1s)
        .retry({.delay_base = 1s, .jitter = 0, .attempts_max = 2})
        .undo<seat>([](const state& at) { return to("a", release_seat{at.trip}); })
        .step("fare")
        .send<fare>([](const state& at) {
          return to(at.trip, ask_fare{at.trip, at.cents});
        })
        .ok<fare, fare_paid>(&fare_paid::trip)
        .fail<fare, fare_refused>(&fare_refused::trip)
        .deadline(1s)
        .when_unknown(if_unknown::park);
  }
};

struct careful_rehearsal : rehearsed<careful> {
  careful_rehearsal() { when<trip>(trip_planned{"t1", {}, 500}); }
  void park() {
    accept("seat", 0, seat_reserved{"t1"});
    pass(1s);
  }
};

/// Of which item a fare speaks is not said.
struct unclear : careful {
  static constexpr std::string_view type_name = "unclear";
  static auto evolve(state at, const trip_planned& event) -> state {
    return booking::evolve(std::move(at), event);
  }
  static auto table() -> saga_table<unclear> {
    return saga_table<unclear>(1)
        .start<trip, trip_planned>(&trip_planned::trip)
        .for_each(
            "fares", [](const state&) { return std::size_t{2}; }, 2)
        .send<fare>([](const state& at) {
          return to(at.trip, ask_fare{at.trip, at.cents});
        })
        .ok<fare, fare_paid>(&fare_paid::trip);
  }
};

/// More at a time than one commit can hold.
struct greedy : careful {
  static constexpr std::string_view type_name = "greedy";
  static auto evolve(state at, const trip_planned& event) -> state {
    return booking::evolve(std::move(at), event);
  }
  static auto table() -> saga_table<greedy> {
    return saga_table<greedy>(1)
        .start<trip, trip_planned>(&trip_planned::trip)
        .for_each(
            "fares", [](const state&) { return std::size_t{2}; }, 2'000)
        .send<fare>([](const state& at) {
          return to(at.trip, ask_fare{at.trip, at.cents});
        });
  }
};

} // namespace

TEST_CASE("the failure of an earlier attempt is no success, also where no event says what is one") {
  careful_rehearsal saga;
  saga.pass(2s); // the second attempt is called
  answer_saga late;
  late.call = 1;
  late.outcome = call_outcome::accepted;
  late.events.push_back({"seat", "SeatRefused", 1, R"({"trip":"t1"})"});
  saga.answer(late);
  CHECK(saga.moved() == texts{"ignored"});
  saga.accept("seat", 0, seat_reserved{"t1"});
  CHECK(saga.sent() == texts{"fare/0 fare-t1 AskFare"});
  CHECK(saga.fault().empty());
}

TEST_CASE("a parked saga goes on by itself when it hears what became of the step") {
  careful_rehearsal saga;
  saga.park();
  CHECK(saga.phase() == saga_phase::stuck);
  saga.when<fare>(fare_paid{"t1", "r-1"});
  CHECK(saga.phase() == saga_phase::completed);
  CHECK(saga.fault().empty());

  careful_rehearsal refused;
  refused.park();
  refused.when<fare>(fare_refused{"t1"});
  CHECK(refused.phase() == saga_phase::compensating);
  CHECK(refused.sent() == texts{"undo seat/0 seat-a ReleaseSeat"});
  CHECK(refused.fault().empty());

  careful_rehearsal rejected; // the answer to its own call comes late
  rejected.park();
  rejected.reject("fare", 0, trip_is_closed{"…"});
  CHECK(rejected.phase() == saga_phase::compensating);
  CHECK(rejected.fault().empty());
}

TEST_CASE("a parked saga tries again, or undoes what it did, as the operator says") {
  careful_rehearsal again;
  again.park();
  CHECK(again.wish(encode_message(retry_saga{})).empty());
  CHECK(again.sent() == texts{"fare/0 fare-t1 AskFare"});
  careful_rehearsal back;
  back.park();
  CHECK(back.wish(encode_message(compensate_saga{"enough"})).empty());
  CHECK(back.sent() == texts{"undo seat/0 seat-a ReleaseSeat"}); // the fare has no undo
  back.accept("undo seat", 0, seat_released{"t1"});
  CHECK(back.sent() == texts{"undo start/0 trip-t1 DropTrip"});
  CHECK(again.fault().empty());
  CHECK(back.fault().empty());
}

TEST_CASE("a table that cannot work is refused with the step and the reason") {
  auto no_item = describe_saga<unclear>();
  REQUIRE_FALSE(no_item);
  CHECK(no_item.error().code() == model_errc::invalid_saga);
  CHECK(no_item.error().message().find("'FarePaid'") != std::string::npos);
  auto too_many = describe_saga<greedy>();
  REQUIRE_FALSE(too_many);
  CHECK(too_many.error().message().find("'fares'") != std::string::npos);
}

TEST_CASE("a saga calls the items of its first step, so many at a time") {
  rehearsal saga;
  saga.plan({"a", "b", "c"});
  CHECK(saga.sent() == texts{"seat/0 seat-a ReserveSeat", "seat/1 seat-b ReserveSeat"});
  saga.accept("seat", 1, seat_reserved{"t1"});
  CHECK(saga.sent() == texts{"seat/2 seat-c ReserveSeat"});
  CHECK(saga.fault().empty());
}

TEST_CASE("a step is entered when all items of the one before have succeeded") {
  rehearsal saga;
  saga.plan({"a", "b"});
  saga.accept("seat", 0, seat_reserved{"t1"});
  CHECK(saga.sent().empty());
  saga.accept("seat", 1, seat_reserved{"t1"});
  CHECK(saga.sent() == texts{"fare/0 fare-t1 AskFare"});
  CHECK(saga.fault().empty());
}

TEST_CASE("a step without items is passed over") {
  rehearsal saga;
  saga.plan({});
  CHECK(saga.sent() == texts{"fare/0 fare-t1 AskFare"});
}

TEST_CASE("a saga completes when its last step has succeeded") {
  rehearsal saga;
  saga.reach_booking();
  CHECK(saga.sent() == texts{"book/0 trip-t1 BookTrip"});
  saga.accept("book", 0, trip_booked{"t1"});
  CHECK(saga.phase() == saga_phase::completed);
  CHECK(saga.timers() == 0);
  CHECK(saga.fault().empty());
}

TEST_CASE("a step that waits for an event is not done when its command is accepted") {
  rehearsal saga;
  saga.reach_fare();
  saga.accept("fare", 0, fare_asked{"t1", 500});
  CHECK(saga.sent().empty());
  CHECK(saga.phase() == saga_phase::running);
  CHECK(saga.timers() == 1);
}

TEST_CASE("an event may come before the command's answer does") {
  rehearsal saga;
  saga.reach_fare();
  saga.when<fare>(fare_paid{"t1", "r-1"});
  CHECK(saga.sent() == texts{"book/0 trip-t1 BookTrip"});
  saga.accept("fare", 0, fare_asked{"t1", 500});
  CHECK(saga.moved() == texts{"ignored"});
  CHECK(saga.fault().empty());
}

TEST_CASE("a rejection that says that a step was done before is a success") {
  rehearsal saga;
  saga.reach_booking();
  saga.reject("book", 0, trip_is_booked{});
  CHECK(saga.phase() == saga_phase::completed);
}

TEST_CASE("any other rejection fails the step, and what was done is undone in reverse order") {
  rehearsal saga;
  saga.plan({"a", "b"});
  saga.reserve_all(2);
  saga.accept("fare", 0);
  saga.when<fare>(fare_paid{"t1", "r-1"});
  saga.reject("book", 0, trip_is_closed{"dropped"});
  CHECK(saga.phase() == saga_phase::compensating);
  CHECK(saga.sent() == texts{"undo fare/0 fare-t1 ReturnFare"});
  saga.accept("undo fare", 0, fare_returned{"t1"});
  CHECK(saga.sent() == texts{"undo seat/1 seat-b ReleaseSeat", "undo seat/0 seat-a ReleaseSeat"});
  saga.accept("undo seat", 0, seat_released{"t1"});
  CHECK(saga.sent().empty());
  saga.accept("undo seat", 1, seat_released{"t1"});
  CHECK(saga.sent() == texts{"undo start/0 trip-t1 DropTrip"});
  CHECK(decode<drop_trip>(saga.command("undo start", 0)->json)->why == "book: TripIsClosed");
  saga.accept("undo start", 0, trip_dropped{"t1", "…"});
  CHECK(saga.phase() == saga_phase::compensated);
  CHECK(saga.timers() == 0);
  CHECK(saga.fault().empty());
}

TEST_CASE("an item that failed is not undone, since it had no effect") {
  rehearsal saga;
  saga.plan({"a", "b", "c"});
  saga.accept("seat", 0, seat_reserved{"t1"});
  saga.accept("seat", 1, seat_refused{"t1"});
  CHECK(saga.sent().empty()); // the third is under way, and waited for
  saga.accept("seat", 2, seat_reserved{"t1"});
  CHECK(saga.sent() == texts{"undo seat/2 seat-c ReleaseSeat", "undo seat/0 seat-a ReleaseSeat"});
  CHECK(saga.fault().empty());
}

TEST_CASE("no further item begins once one has failed") {
  rehearsal saga;
  saga.plan({"a", "b", "c"});
  saga.accept("seat", 0, seat_refused{"t1"});
  CHECK(saga.sent().empty());
  saga.accept("seat", 1, seat_refused{"t1"});
  CHECK(saga.sent() == texts{"undo start/0 trip-t1 DropTrip"});
}

TEST_CASE("a step that misses its deadline is tried again by its policy, to the millisecond") {
  rehearsal saga;
  saga.reach_fare();
  saga.accept("fare", 0);
  saga.pass(4'999ms);
  CHECK(saga.moved().empty());
  saga.pass(1ms);
  CHECK(saga.moved() == texts{"retry_set fare/0"});
  saga.pass(999ms);
  CHECK(saga.sent().empty());
  saga.pass(1ms);
  CHECK(saga.sent() == texts{"fare/0 fare-t1 AskFare"});
  saga.pass(5s); // the second misses its deadline, and the third comes after two seconds
  saga.pass(1'999ms);
  CHECK(saga.sent().empty());
  saga.pass(1ms);
  CHECK(saga.sent() == texts{"fare/0 fare-t1 AskFare"});
  CHECK(saga.fault().empty());
}

TEST_CASE("a step whose attempts are used up is undone, since nobody knows whether it had its effect") {
  rehearsal saga;
  saga.reach_fare();
  saga.pass(5s + 1s + 5s + 2s);
  CHECK(saga.phase() == saga_phase::running);
  saga.pass(5s);
  CHECK(saga.phase() == saga_phase::compensating);
  CHECK(saga.sent() == texts{"undo fare/0 fare-t1 ReturnFare"});
  CHECK(saga.timers() == 0);
  CHECK(saga.fault().empty());
}

TEST_CASE("a success that comes while a step waits for its next attempt counts") {
  rehearsal saga;
  saga.reach_fare();
  saga.pass(5s);
  saga.when<fare>(fare_paid{"t1", "r-1"});
  CHECK(saga.sent() == texts{"book/0 trip-t1 BookTrip"});
  CHECK(saga.timers() == 0); // the next attempt is called off
  CHECK(saga.fault().empty());
}

TEST_CASE("the failure of an earlier attempt does not fail the one that is under way") {
  rehearsal saga;
  saga.reach_fare();
  saga.pass(6s); // the second attempt is called
  answer_saga late;
  late.call = 2; // the first attempt; call 1 was the seat's
  late.outcome = call_outcome::rejected;
  late.detail = "Whatever";
  saga.answer(late);
  CHECK(saga.moved() == texts{"ignored"});
  CHECK(saga.phase() == saga_phase::running);
}

TEST_CASE("a command of which nobody knows what became is tried again, and undone at last") {
  rehearsal saga;
  saga.reach_fare();
  saga.fail("fare", 0, "the aggregate died");
  CHECK(saga.moved() == texts{"retry_set fare/0"});
  saga.pass(1s);
  saga.fail("fare", 0, "the aggregate died");
  saga.pass(2s);
  saga.fail("fare", 0, "the aggregate died");
  CHECK(saga.sent() == texts{"undo fare/0 fare-t1 ReturnFare"});
  CHECK(saga.fault().empty());
}

TEST_CASE("an event that no step waits for is noted and changes nothing") {
  rehearsal saga;
  saga.plan({"a"});
  saga.when<fare>(fare_paid{"t1", "r-1"});
  CHECK(saga.moved() == texts{"ignored"});
  CHECK(saga.phase() == saga_phase::running);
  saga.plan({"x", "y"}); // a second start
  CHECK(saga.moved() == texts{"ignored"});
  saga.accept("seat", 0, seat_reserved{"t1"});
  CHECK(saga.sent() == texts{"fare/0 fare-t1 AskFare"});
}

TEST_CASE("an event that begins no instance is none of its business") {
  rehearsal saga;
  saga.when<fare>(fare_paid{"t1", "r-1"});
  CHECK(saga.transitions() == 0);
  CHECK(saga.phase() == saga_phase::none);
  CHECK(saga.fault().empty());
}

TEST_CASE("an input after the end is noted and changes nothing") {
  rehearsal saga;
  saga.reach_booking();
  saga.accept("book", 0, trip_booked{"t1"});
  auto before = saga.transitions();
  saga.when<fare>(fare_paid{"t1", "r-2"});
  CHECK(saga.transitions() == before + 1);
  CHECK(saga.phase() == saga_phase::completed);
  CHECK(saga.sent().empty());
}

TEST_CASE("an undo that is rejected is tried again, and then the saga is stuck until an operator says more") {
  rehearsal saga;
  saga.plan({"a"});
  saga.accept("seat", 0, seat_reserved{"t1"});
  saga.when<fare>(fare_refused{"t1"});
  CHECK(saga.sent() == texts{"undo seat/0 seat-a ReleaseSeat"});
  saga.reject("undo seat", 0, seat_is_broken{});
  CHECK(saga.moved() == texts{"undo_retry_set seat/0"});
  saga.pass(1s);
  CHECK(saga.sent() == texts{"undo seat/0 seat-a ReleaseSeat"});
  saga.reject("undo seat", 0, seat_is_broken{});
  CHECK(saga.phase() == saga_phase::stuck);
  CHECK(saga.wish(encode_message(compensate_saga{"no"})).find("stuck") != std::string::npos);
  CHECK(saga.wish(encode_message(retry_saga{})).empty());
  CHECK(saga.sent() == texts{"undo seat/0 seat-a ReleaseSeat"});
  saga.accept("undo seat", 0, seat_released{"t1"});
  CHECK(saga.sent() == texts{"undo start/0 trip-t1 DropTrip"});
  saga.accept("undo start", 0, trip_dropped{"t1", ""});
  CHECK(saga.phase() == saga_phase::compensated);
  CHECK(saga.fault().empty());
}

TEST_CASE("an operator may have a saga compensated that waits, and only one that goes forward") {
  rehearsal saga;
  saga.reach_fare();
  CHECK(saga.wish(encode_message(retry_saga{})).find("running") != std::string::npos);
  CHECK(saga.wish(encode_message(compensate_saga{"the customer called"})).empty());
  CHECK(saga.sent() == texts{"undo fare/0 fare-t1 ReturnFare"}); // it is not known
  CHECK(saga.timers() == 0);
  saga.accept("undo fare", 0, fare_returned{"t1"});
  saga.accept("undo seat", 0, seat_released{"t1"});
  CHECK(decode<drop_trip>(saga.command("undo start", 0)->json)->why == "fare: the customer called");
  CHECK(saga.fault().empty());
}

TEST_CASE("after every transition an instance goes on the same if it was read anew") {
  rehearsal saga;
  saga.plan({"a", "b", "c"});
  saga.restart();
  saga.accept("seat", 0, seat_reserved{"t1"});
  saga.restart();
  saga.accept("seat", 1, seat_reserved{"t1"});
  saga.restart();
  saga.accept("seat", 2, seat_reserved{"t1"});
  saga.restart();
  CHECK(saga.command("fare", 0) != nullptr);
  saga.pass(5s);
  saga.restart();
  saga.pass(1s);
  saga.restart();
  saga.when<fare>(fare_refused{"t1"});
  saga.restart();
  CHECK(saga.phase() == saga_phase::compensating);
  saga.accept("undo seat", 1, seat_released{"t1"});
  saga.restart();
  saga.accept("undo seat", 2, seat_released{"t1"});
  saga.restart();
  saga.accept("undo seat", 0, seat_released{"t1"});
  saga.restart();
  saga.accept("undo start", 0, trip_dropped{"t1", ""});
  CHECK(saga.phase() == saga_phase::compensated);
  CHECK(saga.fault().empty());
}

TEST_CASE("a saga of ten thousand items goes its way, forward and back") {
  rehearsal saga;
  std::vector<std::string> seats;
  seats.reserve(10'000);
  for (int number = 0; number < 10'000; ++number)
    seats.push_back(std::to_string(number));
  saga.plan(seats);
  saga.reserve_all(10'000);
  CHECK(saga.sent() == texts{"fare/0 fare-t1 AskFare"});
  saga.when<fare>(fare_refused{"t1"});
  for (std::uint32_t seat_number = 10'000; seat_number-- > 0;)
    saga.accept("undo seat", seat_number, seat_released{"t1"});
  CHECK(saga.sent() == texts{"undo start/0 trip-t1 DropTrip"});
  CHECK(saga.transitions() == 20'002);
  CHECK(saga.fault().empty());
}
