#include "travelling_node.hpp"

#include <tusker_test/catch.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <tuple>
#include <variant>

using namespace tusker;
using namespace travelling;
using namespace std::chrono_literals;

namespace {

/// Brought by a reminder: the trip may still be open.
struct look_again {
  timestamp due;
  static constexpr auto schema = command("LookAgain", 1, field("due", &look_again::due));
};

/// Drops trips that are not booked within an hour.
struct watcher {
  static constexpr std::string_view type_name = "watcher";
  struct state {
    std::string trip;
    timestamp due;
  };
  using aggregates = std::tuple<trip>;
  using start = std::variant<trip_planned>;
  using input = std::variant<trip_planned, trip_booked, look_again, call_answered>;

  static auto key_of(const trip_planned& event) -> std::string { return event.trip; }
  static auto key_of(const trip_booked& event) -> std::string { return event.trip; }

  static auto decide(const state&, const trip_planned&, const context& given) -> saga_decision<watcher> {
    auto due = given.now() + 1h;
    return saga_decision<watcher>().remind("look", due, look_again{due});
  }
  static auto decide(const state& at, const trip_booked&, const context&) -> saga_decision<watcher> {
    return saga_decision<watcher>().cancel_reminder("look", at.due).complete();
  }
  static auto decide(const state& at, const look_again&, const context&) -> saga_decision<watcher> {
    return saga_decision<watcher>().send<trip>("drop", at.trip, drop_trip{"nobody booked it"});
  }
  static auto decide(const state&, const call_answered& answer, const context&) -> saga_decision<watcher> {
    return saga_decision<watcher>().compensated(answer.call + " " + std::string(name_of(answer.outcome)));
  }

  static auto evolve(state at, const trip_planned& event) -> state {
    at.trip = event.trip;
    return at;
  }
  static auto evolve(state at, const trip_booked&) -> state { return at; }
  static auto evolve(state at, const look_again& message) -> state {
    at.due = message.due;
    return at;
  }
  static auto evolve(state at, const call_answered&) -> state { return at; }
};

static_assert(free_saga<watcher>);

struct watching_node {
  watching_node() {
    auto probe = std::make_unique<journal_probe>();
    journal = probe.get();
    runtime = std::make_unique<deterministic_runtime>(std::move(*deterministic_runtime::open(
        runtime_options{}, std::move(probe), timestamp{std::chrono::hours(500'000)})));
    (*runtime)->add<trip>().add_saga<watcher>();
    if (auto started = (*runtime)->start(); !started)
      throw std::logic_error(to_string(started.error()));
    runtime->run();
  }
  template <class Command>
  void send(std::string_view key, const Command& command) {
    (void)(*runtime)->dispatch<trip>(key, command);
    runtime->run();
  }
  [[nodiscard]] auto look(std::string_view key) const -> saga_look {
    return (*runtime)->saga_of("watcher", key).value().value_or(saga_look{});
  }

  journal_probe* journal = nullptr;
  std::unique_ptr<deterministic_runtime> runtime;
};

} // namespace

TEST_CASE("a saga of free form sends what it decides, when its own reminder comes") {
  watching_node test;
  test.send("t1", plan_trip{"t1", {}, 5});
  test.runtime->advance(59min);
  CHECK(test.look("t1").phase == saga_phase::running);
  test.runtime->advance(1min);
  CHECK((*test.runtime)->load<trip>("t1")->state.now == "dropped");
  CHECK(test.look("t1").phase == saga_phase::compensated);
  CHECK(test.look("t1").why == "drop accepted");
}

TEST_CASE("a saga of free form ends by an event, and its reminder is called off") {
  watching_node test;
  test.send("t1", plan_trip{"t1", {}, 5});
  test.send("t1", book_trip{});
  CHECK(test.look("t1").phase == saga_phase::completed);
  test.runtime->advance(2h);
  CHECK((*test.runtime)->load<trip>("t1")->state.now == "booked");
}

TEST_CASE("an event that begins no saga of free form is none of its business") {
  watching_node test;
  test.send("t1", plan_trip{"t1", {}, 5});
  test.send("t1", book_trip{});
  auto before = test.look("t1").transitions;
  test.send("t1", drop_trip{"late"}); // rejected
  test.runtime->run();
  CHECK(test.look("t1").transitions == before);
  auto waiting = (*test.runtime)->await_saga<watcher>("t1", 1s);
  REQUIRE(waiting.is_ready());
  CHECK(waiting.get()->phase == saga_phase::completed);
}
