#include <tusker/persistence/saga_wish.hpp>

#include <tusker/model/saga_rehearsal.hpp>
#include <tusker/model/timed_command.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/memory_journal.hpp>

#include <tusker_test/catch.hpp>
#include <tusker_test/trip_saga.hpp>

#include <span>
#include <string>
#include <vector>

using namespace tusker;     // NOLINT(google-build-using-namespace)
using namespace travelling; // NOLINT(google-build-using-namespace)
using namespace std::chrono_literals;

namespace {

/// A journal with what a rehearsal recorded.
struct stored_saga {
  explicit stored_saga(const saga_rehearsal& saga) {
    REQUIRE(saga.fault().empty());
    append_item item;
    item.stream = instance;
    item.shard = shard_of(instance, journal->shards());
    item.expected = no_stream;
    item.events = saga.recorded();
    auto verdicts = journal->append(std::span(&item, 1));
    REQUIRE(verdicts);
    REQUIRE(std::holds_alternative<appended>(verdicts->front()));
    now = saga.now();
  }

  [[nodiscard]] auto why_not(const saga_wish& wish) const -> std::string {
    return tusker::why_not(*journal, instance, wish).value();
  }

  std::unique_ptr<tusker::journal> journal = std::move(*open_memory_journal());
  stream_id instance = *stream_id::make("booking", "rehearsal");
  timestamp now;
};

struct rehearsal : rehearsed<booking> {
  void reach_fare() {
    when<trip>(trip_planned{"t1", {"a"}, 500});
    accept("seat", 0, seat_reserved{"t1"});
  }
  void get_stuck() {
    reach_fare();
    when<fare>(fare_refused{"t1"});
    reject("undo seat", 0, seat_is_broken{});
    pass(1s);
    reject("undo seat", 0, seat_is_broken{});
  }
};

} // namespace

TEST_CASE("a saga that goes forward can compensate, and has nothing to try again") {
  rehearsal saga;
  saga.reach_fare();
  auto stored = stored_saga(saga);
  CHECK(stored.why_not(compensate_saga{"…"}).empty());
  CHECK(stored.why_not(retry_saga{}) == "it is running, and only what is stuck can be tried again");
}

TEST_CASE("a saga that is stuck while it compensates can only try again") {
  rehearsal saga;
  saga.get_stuck();
  auto stored = stored_saga(saga);
  CHECK(stored.why_not(retry_saga{}).empty());
  CHECK(stored.why_not(compensate_saga{"…"}) ==
        "it is stuck while it compensates: it can only be tried again");
}

TEST_CASE("a saga that has ended can do neither") {
  rehearsal saga;
  saga.reach_fare();
  saga.when<fare>(fare_paid{"t1", "r-1"});
  saga.accept("book", 0, trip_booked{"t1"});
  auto stored = stored_saga(saga);
  CHECK(stored.why_not(retry_saga{}).find("completed") != std::string::npos);
  CHECK(stored.why_not(compensate_saga{"…"}).find("completed") != std::string::npos);
}

TEST_CASE("whether a wish can be met is told as the instance itself tells it") {
  for (auto is_stuck : {false, true}) {
    for (const saga_wish& wish : std::vector<saga_wish>{retry_saga{}, compensate_saga{"…"}}) {
      rehearsal saga;
      is_stuck ? saga.get_stuck() : saga.reach_fare();
      auto foretold = stored_saga(saga).why_not(wish);
      auto answered = saga.wish(std::visit([](const auto& each) { return encode_message(each); }, wish));
      CHECK(foretold.empty() == answered.empty());
    }
  }
}

TEST_CASE("a wish that is left is a timer of the instance that is due") {
  rehearsal saga;
  saga.reach_fare();
  auto stored = stored_saga(saga);
  CHECK_FALSE(find_saga_wish(*stored.journal, stored.instance, stored.now).value());
  REQUIRE(
      leave_saga_wish(*stored.journal, stored.instance, compensate_saga{"the customer called"}, stored.now));

  auto shard = shard_of(stored.instance, stored.journal->shards());
  auto timers = stored.journal->read_timers(shard, stored.now, 10).value();
  REQUIRE(timers.size() == 1);
  CHECK(timers[0].owner == stored.instance);
  auto command = timed_command_in(timers[0]).value();
  CHECK(command.command == encode_message(compensate_saga{"the customer called"}).value());
  CHECK(command.meta.correlation_id == saga.recorded().back().meta.correlation_id);

  auto found = find_saga_wish(*stored.journal, stored.instance, stored.now).value();
  REQUIRE(found);
  CHECK(name_of(*found) == "compensate");
  CHECK(std::get<compensate_saga>(*found).reason == "the customer called");
  CHECK_FALSE(find_saga_wish(*stored.journal, stored.instance, stored.now - 1s).value());
  CHECK_FALSE(find_saga_wish(*stored.journal, *stream_id::make("booking", "other"), stored.now).value());
}

TEST_CASE("a saga's own timers are no wishes") {
  rehearsal saga;
  saga.reach_fare();
  auto stored = stored_saga(saga);
  append_item item;
  item.stream = stored.instance;
  item.shard = shard_of(stored.instance, stored.journal->shards());
  item.expected = any;
  item.timers.push_back(
      make_timer(stored.instance, stored.now, {"call 1", encode_message(remind_saga{1}).value(), {}})
          .value());
  REQUIRE(stored.journal->append(std::span(&item, 1)));
  CHECK_FALSE(find_saga_wish(*stored.journal, stored.instance, stored.now).value());
}

TEST_CASE("nothing is left for an instance that is not there") {
  auto journal = std::move(*open_memory_journal());
  auto left = leave_saga_wish(*journal, *stream_id::make("booking", "t9"), retry_saga{}, timestamp{1h});
  REQUIRE_FALSE(left);
  CHECK(left.error().code() == journal_errc::version_conflict);
}
