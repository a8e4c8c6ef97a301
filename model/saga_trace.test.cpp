#include <tusker/model/saga_trace.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/saga_rehearsal.hpp>

#include <tusker_test/catch.hpp>
#include <tusker_test/trip_saga.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace tusker;     // NOLINT(google-build-using-namespace)
using namespace travelling; // NOLINT(google-build-using-namespace)
using namespace std::chrono_literals;

namespace {

struct rehearsal : rehearsed<booking> {
  void plan(std::vector<std::string> seats) { when<trip>(trip_planned{"t1", std::move(seats), 500}); }
  void reserve(std::uint32_t seats) {
    for (std::uint32_t number = 0; number < seats; ++number)
      accept("seat", number, seat_reserved{"t1"});
  }
  /// Refused after two seats, whose undo is then given up.
  void get_stuck() {
    plan({"a", "b"});
    reserve(2);
    when<fare>(fare_refused{"t1"});
    for (std::uint32_t number = 0; number < 2; ++number)
      reject("undo seat", number, seat_is_broken{});
    pass(1s);
    accept("undo seat", 1, seat_released{"t1"});
    reject("undo seat", 0, seat_is_broken{});
  }
};

auto trace_of(const saga_rehearsal& saga) -> saga_trace {
  saga_trace trace;
  for (const auto& transition : saga.recorded())
    REQUIRE(trace.apply(decode<saga_record>(transition.content.json).value()));
  REQUIRE(saga.fault().empty());
  return trace;
}

} // namespace

TEST_CASE("a saga is told from its transitions: how many items of each step stand where") {
  rehearsal saga;
  saga.plan({"a", "b", "c"});
  saga.accept("seat", 0, seat_reserved{"t1"});
  auto trace = trace_of(saga);
  CHECK(trace.now().phase == saga_phase::running);
  CHECK(trace.now().version == 1);
  CHECK(trace.steps() == std::vector<saga_step_count>{
                             {.step = "start", .items = 1, .succeeded = 1},
                             {.step = "seat", .items = 3, .open = 2, .succeeded = 1},
                         });
}

TEST_CASE("what is under way is told with its attempt, its target and its deadline") {
  rehearsal saga;
  saga.plan({"a"});
  saga.reserve(1);
  saga.accept("fare", 0, fare_asked{"t1", 500});
  auto asked = trace_of(saga).open_items();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].step == "fare");
  CHECK(asked[0].target == "fare-t1");
  CHECK(asked[0].now.phase == saga_item_phase::accepted);
  CHECK(asked[0].now.attempt == 1);
  CHECK(asked[0].now.due == saga.now() + 5s);

  saga.pass(5s);
  auto waiting = trace_of(saga).open_items();
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].now.phase == saga_item_phase::retrying);
  CHECK(waiting[0].now.due == saga.now() + 1s);

  saga.when<fare>(fare_paid{"t1", "r-1"});
  saga.accept("book", 0, trip_booked{"t1"});
  CHECK(trace_of(saga).open_items().empty());
  CHECK(trace_of(saga).now().phase == saga_phase::completed);
}

TEST_CASE("a saga that is stuck is told with where it stands, and with what turned it") {
  rehearsal saga;
  saga.get_stuck();
  auto trace = trace_of(saga);
  CHECK(trace.now().phase == saga_phase::stuck);
  CHECK(trace.now().stuck_in == saga_phase::compensating);
  CHECK(trace.now().failure == saga_failure{"fare", "FareRefused"});
  CHECK(trace.stands_at() == saga_failure{"seat", "an undo was given up"});
  CHECK(trace.steps()[1] == saga_step_count{.step = "seat", .items = 2, .undone = 1, .undo_failed = 1});

  CHECK(saga.wish(encode_message(retry_saga{})).empty());
  auto resumed = trace_of(saga);
  CHECK(resumed.now().phase == saga_phase::compensating);
  CHECK(resumed.stands_at() == saga_failure{});
  REQUIRE(resumed.open_items().size() == 1);
  CHECK(resumed.open_items()[0].now.phase == saga_item_phase::undoing);
}

TEST_CASE("moves that cannot be of one saga are an error, and change nothing") {
  rehearsal saga;
  saga.plan({"a"});
  auto trace = trace_of(saga);
  auto before = trace.steps();
  saga_record damaged;
  saga_move known{saga_act::succeeded};
  known.step = "seat";
  saga_move unknown{saga_act::called};
  unknown.step = "nowhere";
  damaged.moves = {known, unknown};
  auto applied = trace.apply(damaged);
  REQUIRE_FALSE(applied);
  CHECK(applied.error().code() == model_errc::schema_mismatch);
  CHECK(trace.steps() == before);
}

TEST_CASE("a saga of free form is told by the names of its calls") {
  auto move = [](saga_act act, std::uint32_t call) {
    saga_move made{act};
    made.step = "bonus";
    made.count = call;
    return made;
  };
  saga_record begun;
  begun.moves = {
      {saga_act::started}, move(saga_act::called, 1), move(saga_act::called, 2), move(saga_act::called, 3)};
  begun.moves[2].detail = "account-b";
  begun.phase = saga_phase::running;
  begun.version = 1;
  saga_record answered;
  answered.moves = {move(saga_act::succeeded, 1), move(saga_act::failed, 3)};
  answered.phase = saga_phase::running;
  saga_trace trace;
  REQUIRE(trace.apply(begun));
  REQUIRE(trace.apply(answered));
  CHECK(trace.is_free_form());
  CHECK(trace.now().phase == saga_phase::running);
  CHECK(trace.steps() ==
        std::vector<saga_step_count>{{.step = "bonus", .items = 3, .open = 1, .succeeded = 1, .failed = 1}});
  REQUIRE(trace.open_items().size() == 1);
  CHECK(trace.open_items()[0].now.call == 2);
  CHECK(trace.open_items()[0].item == 1);
  CHECK(trace.open_items()[0].target == "account-b");

  saga_record over;
  over.moves = {{.act = saga_act::compensating, .detail = "the customer left"}, {saga_act::compensated}};
  over.phase = saga_phase::compensated;
  REQUIRE(trace.apply(over));
  CHECK(trace.now().phase == saga_phase::compensated);
  CHECK(trace.now().failure.why == "the customer left");
}
