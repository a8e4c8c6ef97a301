#include "counting_node.hpp"
#include "travelling_node.hpp"

#include <tusker/model/model_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

// What somebody does by hand to streams whose aggregates are in memory.

using namespace tusker;
using namespace std::chrono_literals;

namespace {

auto step_of(std::string_view key, decltype(stream_step::change) change, expected_version expected = any)
    -> stream_step {
  stream_step step;
  step.stream = *stream_id::make("counter", key);
  step.change = std::move(change);
  step.expected = expected;
  return step;
}

auto plus(std::int64_t amount) -> put_event {
  return {*encode_message(counting::added{amount}), {}};
}

auto take(counting_node& node, stream_step step) -> result<stream_step_outcome> {
  auto answer = node.node->change_stream(std::move(step));
  node.node.run();
  return answer.get();
}

auto versions_of(const counting_node& node, std::string_view key) -> std::vector<std::uint64_t> {
  auto slice =
      node.journal.read_stream(*stream_id::make("counter", key), empty_stream, {}, read_direction::forward);
  std::vector<std::uint64_t> versions;
  for (const auto& event : slice->events)
    versions.push_back(event.version.value());
  return versions;
}

} // namespace

TEST_CASE("an event put by hand is what an aggregate in memory decides on next") {
  counting_node node;
  (void)node.add("a", 1);
  node.node.run();
  REQUIRE(node.node->stats().live_aggregates == 1);
  auto put = take(node, step_of("a", plus(10), exact(1)));
  REQUIRE(put);
  CHECK(put->version == stream_version(2));
  CHECK(put->kind == receipt_kind::first);
  auto stale = node.add("a", 100, {.expected = exact(1)});
  auto next = node.add("a", 100, {.expected = exact(2)});
  node.node.run();
  CHECK(stale.get().error().code() == journal_errc::version_conflict);
  CHECK(next.get()->version == stream_version(3));
  CHECK(node.total("a") == 111);
}

TEST_CASE("a command and a step by hand at the same moment both have their effect, in either order") {
  constexpr auto steps_max = 10;
  for (auto steps = 0; steps < steps_max; ++steps) {
    counting_node node;
    (void)node.add("a", 1);
    node.node.run();
    auto command = node.add("a", 100);
    for (auto step = 0; step < steps; ++step)
      (void)node.node.run_once();
    auto put = node.node->change_stream(step_of("a", plus(10)));
    auto late = node.add("a", 1'000);
    node.node.run();
    INFO("after step " << steps);
    CHECK(command.get());
    CHECK(put.get());
    CHECK(late.get());
    CHECK(node.total("a") == 1'111);
    CHECK(versions_of(node, "a") == std::vector<std::uint64_t>{1, 2, 3, 4});
  }
}

TEST_CASE("a step whose expectation is not met changes nothing, and tells both versions") {
  counting_node node;
  (void)node.add("a", 1);
  node.node.run();
  auto refused = take(node, step_of("a", plus(10), no_stream));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == journal_errc::version_conflict);
  REQUIRE(refused.error().detail<version_conflict>() != nullptr);
  CHECK(refused.error().detail<version_conflict>()->actual == stream_version(1));
  CHECK(node.total("a") == 1);
}

TEST_CASE("under one command id an event is put once, and another one is refused") {
  counting_node node;
  auto step = step_of("a", plus(10));
  step.under = command_id_from_key(timestamp{}, "by hand");
  auto first = take(node, step);
  auto again = take(node, step);
  REQUIRE(again);
  CHECK(again->kind == receipt_kind::repeated);
  CHECK(again->at == first->at);
  step.change = plus(11);
  CHECK(take(node, step).error().code() == journal_errc::command_id_reused);
  CHECK(node.total("a") == 10);
}

TEST_CASE("an event that the stream's aggregate cannot read is refused, of others nothing is known") {
  counting_node node;
  auto foreign = put_event{{"Subtracted", schema_version(1), "{}"}, {}};
  auto broken = put_event{{"Added", schema_version(1), R"({"amount":"much"})"}, {}};
  auto poison = put_event{*encode_message(counting::poisoned{}), {}};
  CHECK(take(node, step_of("a", foreign)).error().code() == model_errc::unknown_event_type);
  CHECK(take(node, step_of("a", broken)).error().code() == model_errc::schema_mismatch);
  CHECK(take(node, step_of("a", poison)).error().code() == runtime_errc::aggregate_failed);
  CHECK(versions_of(node, "a").empty());
  auto note = step_of("a", foreign);
  note.stream = *stream_id::make("note", "a");
  CHECK(take(node, note));
}

TEST_CASE("a stream that is truncated or closed goes on as its aggregate may") {
  runtime_options options;
  options.snapshot_every_events = 2;
  counting_node node(options);
  for (auto amount = 1; amount <= 5; ++amount) {
    (void)node.add("a", amount);
    node.node.run();
  }
  CHECK(take(node, step_of("a", truncate_events{stream_version(3)})));
  CHECK(versions_of(node, "a") == std::vector<std::uint64_t>{3, 4, 5});
  CHECK(take(node, step_of("a", truncate_events{stream_version(6)})).error().code() ==
        journal_errc::invalid_item);
  auto next = node.add("a", 100);
  node.node.run();
  CHECK(next.get()->version == stream_version(6));
  CHECK(node.total("a") == 115);
  CHECK(take(node, step_of("a", tombstone_stream{}, exact(5))).error().code() ==
        journal_errc::version_conflict);
  CHECK(take(node, step_of("a", tombstone_stream{}, exact(6))));
  auto late = node.add("a", 1'000);
  node.node.run();
  CHECK(late.get().error().code() == journal_errc::stream_tombstoned);
  CHECK(take(node, step_of("a", tombstone_stream{})).error().code() == journal_errc::stream_tombstoned);
}

TEST_CASE("a step is taken once, whichever part dies at whichever step") {
  using part = node_part::part_kind;
  auto dying = GENERATE(part::journal, part::router, part::dispatcher);
  auto change = GENERATE(0, 1);
  constexpr auto steps_max = 12;
  for (auto steps = 0; steps < steps_max; ++steps) {
    counting_node node;
    node.journal.can_reopen = true;
    (void)node.add("a", 1);
    node.node.run();
    auto step = change == 0 ? step_of("a", plus(10)) : step_of("a", tombstone_stream{});
    auto answer = node.node->change_stream(step);
    for (auto turn = 0; turn < steps; ++turn)
      (void)node.node.run_once();
    node.node.crash({dying, "counter", 0});
    for (auto wait = 0; wait < 10; ++wait)
      node.node.advance(20s);
    INFO("part " << static_cast<int>(dying) << " after step " << steps);
    REQUIRE(answer.is_ready());
    REQUIRE(answer.get());
    CHECK(versions_of(node, "a").size() == (change == 0 ? 2 : 0));
  }
}

TEST_CASE("a step whose commit is written and not acknowledged is taken once") {
  auto change = GENERATE(0, 1);
  counting_node node;
  node.journal.can_reopen = true;
  (void)node.add("a", 1);
  node.node.run();
  node.journal.next_failure_after_write = error(journal_errc::io_error, "the answer is lost");
  auto step = change == 0 ? step_of("a", plus(10)) : step_of("a", tombstone_stream{});
  auto answer = node.node->change_stream(step);
  for (auto wait = 0; wait < 10; ++wait)
    node.node.advance(20s);
  REQUIRE(answer.is_ready());
  REQUIRE(answer.get());
  CHECK(answer.get()->kind == receipt_kind::repeated);
  CHECK(versions_of(node, "a").size() == (change == 0 ? 2 : 0));
}

TEST_CASE("a step for which the journal has no room is refused, and is not taken later") {
  counting_node node;
  node.journal.next_failure = error(journal_errc::storage_full, "the disk is full");
  CHECK(take(node, step_of("a", plus(10))).error().code() == journal_errc::storage_full);
  node.node.advance(60s);
  CHECK(versions_of(node, "a").empty());
}

TEST_CASE("more steps than may wait for the journal are refused at once") {
  counting_node node;
  std::vector<pending<stream_step_outcome>> answers;
  answers.reserve(300);
  for (auto count = 0; count < 300; ++count)
    answers.push_back(node.node->change_stream(step_of(std::to_string(count), plus(1))));
  node.node.run();
  std::size_t overloaded = 0;
  for (const auto& answer : answers)
    overloaded += !answer.get() && answer.get().error().code() == runtime_errc::overloaded ? 1 : 0;
  CHECK(overloaded < 300 - 255);
  CHECK(answers.front().get());
}

TEST_CASE("a saga that appends nothing looks whether its instance has been begun by hand meanwhile") {
  travelling::node test;
  test.plan("rome", {"a1"});
  // Of a trip that nobody has planned: its instance is in memory now, and has not begun.
  (void)test.send("f1", travelling::pay_fare{"paris"});
  CHECK(test.events_of("booking", "paris").empty());
  auto begun = test.events_of("booking", "rome").front().data.content;
  auto put =
      test.runtime->change_stream({*stream_id::make("booking", "paris"), put_event{begun, {}}, any, {}});
  test.run();
  REQUIRE(put.get());
  auto before = test.runtime->stats().decided_again;
  (void)test.send("f2", travelling::pay_fare{"paris"});
  CHECK(test.runtime->stats().decided_again == before + 1);
}

TEST_CASE("after the shutdown nothing is changed by hand") {
  counting_node node;
  (void)node.node->shutdown();
  CHECK(node.node->change_stream(step_of("a", plus(1))).get().error().code() == runtime_errc::stopped);
}
