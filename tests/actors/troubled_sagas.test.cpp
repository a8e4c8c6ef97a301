#include "travelling_node.hpp"

#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/saga_look.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/forwarding_journal.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace tusker;     // NOLINT(google-build-using-namespace)
using namespace travelling; // NOLINT(google-build-using-namespace)
using namespace std::chrono_literals;

namespace {

constexpr auto year = 365 * 24h;

/// Asks for the fare, and waits a year for it.
struct patient {
  static constexpr std::string_view type_name = "patient";
  using state = booking::state;
  static auto evolve(state at, const trip_planned& event) -> state {
    return booking::evolve(std::move(at), event);
  }
  static auto table() -> saga_table<patient> {
    return saga_table<patient>(1)
        .start<trip, trip_planned>(&trip_planned::trip)
        .undo<trip>([](const state& at) { return to(at.trip, drop_trip{"nobody paid"}); })
        .step("fare")
        .send<fare>([](const state& at) {
          return to(at.trip, ask_fare{at.trip, at.cents});
        })
        .ok<fare, fare_paid>(&fare_paid::trip)
        .deadline(year)
        .undo<fare>([](const state& at) { return to(at.trip, return_fare{at.trip}); });
  }
};

/// Its key cannot be found in the event of a trip that is named "nameless".
struct choosy : patient {
  static constexpr std::string_view type_name = "choosy";
  static auto evolve(state at, const trip_planned& event) -> state {
    return booking::evolve(std::move(at), event);
  }
  static auto table() -> saga_table<choosy> {
    return saga_table<choosy>(1)
        .start<trip, trip_planned>([](const trip_planned& event) -> std::string {
          if (event.trip == "nameless")
            throw std::runtime_error("a trip without a name");
          return event.trip;
        })
        .step("book")
        .send<trip>([](const state& at) { return to(at.trip, book_trip{}); });
  }
};

/// A journal that outlives the nodes over it, and what they do in turn.
struct kept_journal {
  using hosting = std::function<void(runtime&)>;

  auto open_node(const hosting& host) const -> deterministic_runtime {
    auto watched = std::make_unique<forwarding_journal>(*journal);
    auto node = std::move(*deterministic_runtime::open({}, std::move(watched), now));
    host(node.node());
    REQUIRE(node->start());
    node.run();
    return node;
  }
  /// The next one begins so much after this one has ended.
  void close(deterministic_runtime node, std::chrono::hours pause = 0h) {
    now = node.clock().now() + pause;
    REQUIRE(node->shutdown());
  }
  [[nodiscard]] auto phase(std::string_view saga) const -> saga_phase {
    return look_at_saga(*journal, *stream_id::make(saga, "t1")).value().value_or(saga_look{}).phase;
  }

  std::unique_ptr<tusker::journal> journal = std::move(*open_memory_journal());
  timestamp now{std::chrono::hours(500'000)};
};

void host_patient(runtime& node) {
  node.add<trip>().add<fare>().add_saga<patient>();
}

void plan(deterministic_runtime& node, const std::string& name) {
  (void)node->dispatch<trip>(name, plan_trip{name, {}, 500});
  node.run();
}

/// The ids of the calls that the items of a batch make, in their order.
void note_calls(std::span<const append_item> batch, std::vector<uuid>& ids) {
  for (const auto& item : batch)
    for (const auto& entry : item.outbox)
      ids.push_back(entry.id);
}

} // namespace

TEST_CASE("a deadline a year ahead is kept by whichever node runs then, and not before") {
  kept_journal kept;
  auto first = kept.open_node(host_patient);
  plan(first, "t1");
  kept.close(std::move(first), year - 1h);
  REQUIRE(kept.phase("patient") == saga_phase::running);

  auto second = kept.open_node(host_patient);
  second.advance(59min);
  CHECK(kept.phase("patient") == saga_phase::running);
  second.advance(1min);
  CHECK(kept.phase("patient") == saga_phase::compensated);
  CHECK(second->load<trip>("t1")->state.now == "dropped");
  CHECK(second->timers().value().empty());
  kept.close(std::move(second));
}

TEST_CASE("a deadline that passed while no node ran is kept when one starts") {
  kept_journal kept;
  auto first = kept.open_node(host_patient);
  plan(first, "t1");
  kept.close(std::move(first), 2 * year);

  kept.close(kept.open_node(host_patient));
  CHECK(kept.phase("patient") == saga_phase::compensated);
}

TEST_CASE("an answer before the deadline of a year ends the saga, and calls the deadline off") {
  kept_journal kept;
  auto first = kept.open_node(host_patient);
  plan(first, "t1");
  kept.close(std::move(first), year - 1h);

  auto second = kept.open_node(host_patient);
  (void)second->dispatch<fare>("t1", pay_fare{"t1"});
  second.run();
  CHECK(kept.phase("patient") == saga_phase::completed);
  CHECK(second->timers().value().empty());
  kept.close(std::move(second));
}

TEST_CASE("a call to what no program hosts waits for one that does") {
  kept_journal kept;
  auto first = kept.open_node([](runtime& node) { node.add<trip>().add_saga<patient>(); });
  plan(first, "t1");
  first.advance(1h);
  CHECK(first->stats().calls_in_flight == 0);
  CHECK(kept.phase("patient") == saga_phase::running);
  kept.close(std::move(first));

  auto second = kept.open_node(host_patient);
  (void)second->dispatch<fare>("t1", pay_fare{"t1"});
  second.run();
  CHECK(second->load<fare>("t1")->state.asked == 1);
  CHECK(kept.phase("patient") == saga_phase::completed);
  kept.close(std::move(second));
}

TEST_CASE("a call of a saga that no program hosts waits for one that does, and takes nobody along") {
  kept_journal kept;
  auto first = kept.open_node([](runtime& node) { node.add<trip>().add_saga<patient>(); });
  plan(first, "t1");
  kept.close(std::move(first));

  auto second = kept.open_node([](runtime& node) { node.add<trip>().add<fare>(); });
  second.advance(1h);
  CHECK(second->stats().dispatcher_restarts == 0);
  CHECK(second->stats().calls_sent == 0);
  CHECK(second->load<fare>("t1")->state.asked == 0);
  plan(second, "t2");
  kept.close(std::move(second));

  auto third = kept.open_node(host_patient);
  (void)third->dispatch<fare>("t1", pay_fare{"t1"});
  third.run();
  CHECK(third->load<fare>("t1")->state.asked == 1);
  CHECK(kept.phase("patient") == saga_phase::completed);
  kept.close(std::move(third));
}

TEST_CASE("a deadline is as far ahead as its step meant, though the clock was set back") {
  node test;
  test.runtime.clock().advance(-1h);
  test.plan("t1", {"a"});
  test.pass(4s);
  CHECK(test.types_of("fare", "t1") == std::vector<std::string>{"FareAsked"});
  REQUIRE(test.send("t1", pay_fare{"t1"}));
  CHECK(test.phase("t1") == saga_phase::completed);
}

TEST_CASE("the ids of an instance's calls rise though the clock is set back, also after its state was lost") {
  runtime_options options;
  options.idle_passivation = 1s;
  node test(options);
  std::vector<uuid> ids;
  test.journal.before_append = [&](std::span<const append_item> batch) { note_calls(batch, ids); };
  test.plan("t1", {"a", "b", "c"});
  test.runtime.clock().advance(-1h);
  REQUIRE(test.send("t1", pay_fare{"t1"}));
  REQUIRE(test.phase("t1") == saga_phase::completed);
  CHECK(ids.size() == 5); // three seats, the fare, the booking
  CHECK(std::is_sorted(ids.begin(), ids.end()));

  ids.clear();
  test.plan("t2", {"d", "e"});
  test.pass(3s);
  test.runtime.clock().advance(-1h);
  REQUIRE(test.send("t2", refuse_fare{"t2"}));
  REQUIRE(test.phase("t2") == saga_phase::compensated);
  CHECK(ids.size() == 6); // two seats and the fare, the seats again, the trip
  CHECK(std::is_sorted(ids.begin(), ids.end()));
}

TEST_CASE("a key that cannot be found for an exception is a dead letter, and other events go on") {
  kept_journal kept;
  auto node = kept.open_node([](runtime& host) { host.add<trip>().add_saga<choosy>(); });
  plan(node, "nameless");
  plan(node, "t1");
  for (int second = 0; second < 60; ++second)
    node.advance(1s);
  CHECK(kept.phase("choosy") == saga_phase::completed);
  auto dead = node->dead_letters();
  REQUIRE(dead);
  REQUIRE(dead->letters.size() == 1);
  CHECK(dead->letters[0].subscriber == "saga-choosy");
  CHECK(dead->letters[0].attempts.back().failure.find("a trip without a name") != std::string::npos);
  kept.close(std::move(node));
}

TEST_CASE("who waits is told of an end though whoever was to tell of it died") {
  for (int dies_at = 1; dies_at <= 10; ++dies_at) {
    INFO("at commit " << dies_at);
    node test;
    test.plan("t1", {"a"});
    auto waiting = test.runtime->await_saga<booking>("t1", 60s);
    int commits = 0;
    test.journal.before_append = [&](std::span<const append_item>) {
      if (++commits == dies_at)
        test.runtime.crash({node_part::part_kind::router, "booking", 0});
    };
    (void)test.send("t1", pay_fare{"t1"});
    test.pass(70s);
    REQUIRE(waiting.is_ready());
    auto told = waiting.get();
    REQUIRE(told);
    CHECK(told->phase == saga_phase::completed);
    CHECK(*told == test.look("t1"));
  }
}
