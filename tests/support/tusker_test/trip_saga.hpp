#pragma once

#include <tusker/model/aggregate.hpp>
#include <tusker/model/saga_table.hpp>
#include <tusker/model/typed_saga.hpp>

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// A trip over several seats, with a fare that somebody else says is paid: the least saga with everything.
namespace travelling {

struct trip_planned {
  std::string trip;
  std::vector<std::string> seats;
  std::int64_t cents = 0;
  static constexpr auto schema = tusker::event("TripPlanned", 1, tusker::field("trip", &trip_planned::trip),
                                               tusker::field("seats", &trip_planned::seats),
                                               tusker::field("cents", &trip_planned::cents));
};
struct trip_booked {
  std::string trip;
  static constexpr auto schema = tusker::event("TripBooked", 1, tusker::field("trip", &trip_booked::trip));
};
struct trip_dropped {
  std::string trip;
  std::string why;
  static constexpr auto schema = tusker::event("TripDropped", 1, tusker::field("trip", &trip_dropped::trip),
                                               tusker::field("why", &trip_dropped::why));
};
struct plan_trip {
  std::string trip;
  std::vector<std::string> seats;
  std::int64_t cents = 0;
  static constexpr auto schema =
      tusker::command("PlanTrip", 1, tusker::field("trip", &plan_trip::trip),
                      tusker::field("seats", &plan_trip::seats), tusker::field("cents", &plan_trip::cents));
};
struct book_trip {
  static constexpr auto schema = tusker::command("BookTrip", 1);
};
struct drop_trip {
  std::string why;
  static constexpr auto schema = tusker::command("DropTrip", 1, tusker::field("why", &drop_trip::why));
};
struct trip_is_closed {
  std::string now;
  static constexpr auto schema =
      tusker::rejection("TripIsClosed", 1, tusker::field("now", &trip_is_closed::now));
};
struct trip_is_booked {
  static constexpr auto schema = tusker::rejection("TripIsBooked", 1);
};

struct trip {
  static constexpr std::string_view type_name = "trip";
  struct state {
    std::string name;
    std::string now; ///< planned, booked, dropped
  };
  using command = std::variant<plan_trip, book_trip, drop_trip>;
  using event = std::variant<trip_planned, trip_booked, trip_dropped>;
  using rejection = std::variant<trip_is_closed, trip_is_booked>;

  static auto decide(const state& at, const plan_trip& wish, const tusker::context&)
      -> tusker::decision<trip> {
    if (!at.now.empty())
      return trip_is_closed{at.now};
    return trip_planned{wish.trip, wish.seats, wish.cents};
  }
  static auto decide(const state& at, const book_trip&, const tusker::context&) -> tusker::decision<trip> {
    if (at.now == "booked")
      return trip_is_booked{};
    if (at.now != "planned")
      return trip_is_closed{at.now};
    return trip_booked{at.name};
  }
  static auto decide(const state& at, const drop_trip& wish, const tusker::context&)
      -> tusker::decision<trip> {
    if (at.now == "booked")
      return trip_is_booked{};
    if (at.now == "dropped")
      return tusker::nothing_happened{};
    return trip_dropped{at.name, wish.why};
  }
  static auto evolve(state at, const trip_planned& event) -> state {
    at.name = event.trip;
    at.now = "planned";
    return at;
  }
  static auto evolve(state at, const trip_booked&) -> state {
    at.now = "booked";
    return at;
  }
  static auto evolve(state at, const trip_dropped&) -> state {
    at.now = "dropped";
    return at;
  }
};

struct seat_reserved {
  std::string trip;
  static constexpr auto schema =
      tusker::event("SeatReserved", 1, tusker::field("trip", &seat_reserved::trip));
};
struct seat_refused {
  std::string trip;
  static constexpr auto schema = tusker::event("SeatRefused", 1, tusker::field("trip", &seat_refused::trip));
};
struct seat_released {
  std::string trip;
  static constexpr auto schema =
      tusker::event("SeatReleased", 1, tusker::field("trip", &seat_released::trip));
};
struct reserve_seat {
  std::string trip;
  static constexpr auto schema =
      tusker::command("ReserveSeat", 1, tusker::field("trip", &reserve_seat::trip));
};
struct release_seat {
  std::string trip;
  static constexpr auto schema =
      tusker::command("ReleaseSeat", 1, tusker::field("trip", &release_seat::trip));
};
struct seat_is_broken {
  static constexpr auto schema = tusker::rejection("SeatIsBroken", 1);
};

/// One that is named `broken…` rejects all; `stuck…` reserves, and rejects to be released.
struct seat {
  static constexpr std::string_view type_name = "seat";
  struct state {
    std::string holder;
    std::set<std::string> released; ///< Trips, so that a late reservation finds its release.
  };
  using command = std::variant<reserve_seat, release_seat>;
  using event = std::variant<seat_reserved, seat_refused, seat_released>;
  using rejection = std::variant<seat_is_broken>;

  static auto decide(const state& at, const reserve_seat& wish, const tusker::context&)
      -> tusker::decision<seat> {
    if (wish.trip.starts_with("broken"))
      return seat_is_broken{};
    if (at.released.contains(wish.trip))
      return seat_refused{wish.trip};
    if (at.holder == wish.trip)
      return tusker::nothing_happened{};
    if (!at.holder.empty())
      return seat_refused{wish.trip};
    return seat_reserved{wish.trip};
  }
  static auto decide(const state& at, const release_seat& wish, const tusker::context&)
      -> tusker::decision<seat> {
    if (wish.trip.starts_with("stuck"))
      return seat_is_broken{};
    if (at.released.contains(wish.trip))
      return tusker::nothing_happened{};
    return seat_released{wish.trip};
  }
  static auto evolve(state at, const seat_reserved& event) -> state {
    at.holder = event.trip;
    return at;
  }
  static auto evolve(state at, const seat_refused&) -> state { return at; }
  static auto evolve(state at, const seat_released& event) -> state {
    if (at.holder == event.trip)
      at.holder.clear();
    at.released.insert(event.trip);
    return at;
  }
};

struct fare_asked {
  std::string trip;
  std::int64_t cents = 0;
  static constexpr auto schema = tusker::event("FareAsked", 1, tusker::field("trip", &fare_asked::trip),
                                               tusker::field("cents", &fare_asked::cents));
};
struct fare_paid {
  std::string trip;
  std::string receipt;
  static constexpr auto schema = tusker::event("FarePaid", 1, tusker::field("trip", &fare_paid::trip),
                                               tusker::field("receipt", &fare_paid::receipt));
};
struct fare_refused {
  std::string trip;
  static constexpr auto schema = tusker::event("FareRefused", 1, tusker::field("trip", &fare_refused::trip));
};
struct fare_returned {
  std::string trip;
  static constexpr auto schema =
      tusker::event("FareReturned", 1, tusker::field("trip", &fare_returned::trip));
};
struct ask_fare {
  std::string trip;
  std::int64_t cents = 0;
  static constexpr auto schema = tusker::command("AskFare", 1, tusker::field("trip", &ask_fare::trip),
                                                 tusker::field("cents", &ask_fare::cents));
};
struct pay_fare {
  std::string trip;
  static constexpr auto schema = tusker::command("PayFare", 1, tusker::field("trip", &pay_fare::trip));
};
struct refuse_fare {
  std::string trip;
  static constexpr auto schema = tusker::command("RefuseFare", 1, tusker::field("trip", &refuse_fare::trip));
};
struct return_fare {
  std::string trip;
  static constexpr auto schema = tusker::command("ReturnFare", 1, tusker::field("trip", &return_fare::trip));
};

/// Asked for, and then paid or refused by somebody else.
struct fare {
  static constexpr std::string_view type_name = "fare";
  struct state {
    std::int64_t asked = 0; ///< How often.
    std::string now;        ///< paid, refused, returned
  };
  using command = std::variant<ask_fare, pay_fare, refuse_fare, return_fare>;
  using event = std::variant<fare_asked, fare_paid, fare_refused, fare_returned>;

  static auto decide(const state& at, const ask_fare& wish, const tusker::context&)
      -> tusker::decision<fare> {
    if (!at.now.empty())
      return tusker::nothing_happened{};
    return fare_asked{wish.trip, wish.cents};
  }
  static auto decide(const state& at, const pay_fare& wish, const tusker::context& given)
      -> tusker::decision<fare> {
    if (!at.now.empty())
      return tusker::nothing_happened{};
    return fare_paid{wish.trip, to_string(given.derive_id("receipt"))};
  }
  static auto decide(const state& at, const refuse_fare& wish, const tusker::context&)
      -> tusker::decision<fare> {
    if (!at.now.empty())
      return tusker::nothing_happened{};
    return fare_refused{wish.trip};
  }
  static auto decide(const state& at, const return_fare& wish, const tusker::context&)
      -> tusker::decision<fare> {
    if (at.now == "returned" || at.now == "refused")
      return tusker::nothing_happened{};
    return fare_returned{wish.trip};
  }
  static auto evolve(state at, const fare_asked&) -> state {
    ++at.asked;
    return at;
  }
  static auto evolve(state at, const fare_paid&) -> state {
    at.now = "paid";
    return at;
  }
  static auto evolve(state at, const fare_refused&) -> state {
    at.now = "refused";
    return at;
  }
  static auto evolve(state at, const fare_returned&) -> state {
    at.now = "returned";
    return at;
  }
};

/// Seats, two at a time; then the fare, three attempts of five seconds; then the trip is booked.
struct booking {
  static constexpr std::string_view type_name = "booking";
  struct state {
    std::string trip;
    std::vector<std::string> seats;
    std::int64_t cents = 0;
    std::string receipt;
  };

  static auto evolve(state at, const trip_planned& event) -> state {
    at.trip = event.trip;
    at.seats = event.seats;
    at.cents = event.cents;
    return at;
  }
  static auto evolve(state at, const fare_paid& event) -> state {
    at.receipt = event.receipt;
    return at;
  }

  static auto table() -> tusker::saga_table<booking> {
    using namespace std::chrono_literals;
    using tusker::to;
    return tusker::saga_table<booking>(1)
        .start<trip, trip_planned>(&trip_planned::trip)
        .undo<trip>([](const state& at, const tusker::saga_failure& why) {
          return to(at.trip, drop_trip{why.step + ": " + why.why});
        })
        .for_each(
            "seat", [](const state& at) { return at.seats.size(); }, 2)
        .send<seat>(
            [](const state& at, std::size_t item) { return to(at.seats[item], reserve_seat{at.trip}); })
        .ok<seat_reserved>()
        .fail<seat_refused>()
        .deadline(60s)
        .undo<seat>(
            [](const state& at, std::size_t item) { return to(at.seats[item], release_seat{at.trip}); })
        .retry_undo({.delay_base = 1s, .jitter = 0, .attempts_max = 2})
        .step("fare")
        .send<fare>([](const state& at) {
          return to(at.trip, ask_fare{at.trip, at.cents});
        })
        .ok<fare, fare_paid>(&fare_paid::trip)
        .fail<fare, fare_refused>(&fare_refused::trip)
        .deadline(5s)
        .retry({.delay_base = 1s, .jitter = 0, .attempts_max = 3})
        .undo<fare>([](const state& at) { return to(at.trip, return_fare{at.trip}); })
        .step("book")
        .send<trip>([](const state& at) { return to(at.trip, book_trip{}); })
        .ok_if_rejected<trip_is_booked>();
  }
};

static_assert(tusker::saga<booking>);

} // namespace travelling
