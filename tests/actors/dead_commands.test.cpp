#include "reminding_node.hpp"

#include <tusker/model/dead_command_events.hpp>
#include <tusker/model/parked_message.hpp>
#include <tusker/persistence/dead_command_notes.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

// What becomes of timers that can never fire: each is a dead letter or has its effect, never both, never neither.

using namespace tusker;
using namespace reminding;
using namespace std::chrono_literals;
using types = std::vector<std::string>;

namespace {

using part = node_part::part_kind;

/// Longer than all attempts at a timer take.
void let_pass(node& test) {
  for (auto wait = 0; wait < 12; ++wait)
    test.runtime.advance(10s);
}

/// What was thrown does not come again, as long as this lives.
struct mending {
  mending() { diary::is_mended = true; }
  mending(const mending&) = delete;
  auto operator=(const mending&) -> mending& = delete;
  ~mending() { diary::is_mended = false; }
};

/// A diary with one dead letter of its timer `bad`.
auto bury_one(node& test) -> dead_command {
  (void)test.send("a", plan{"bad", test.now() + 1h, "throw"});
  test.runtime.advance(1h);
  let_pass(test);
  auto dead = test.dead();
  REQUIRE(dead.size() == 1);
  return dead.front();
}

/// The trace of dead commands in the shard of diary `a`.
auto trace(node& test) -> types {
  auto shard = shard_of(*stream_id::make("diary", "a"), test.journal.shards());
  auto slice = test.journal.read_stream(dead_command_stream(shard, test.journal.shards()), stream_version(1),
                                        {}, read_direction::forward);
  types all;
  for (const auto& event : slice.value().events)
    all.push_back(event.data.content.type);
  return all;
}

auto times_in(const types& all, std::string_view type) -> std::ptrdiff_t {
  return std::count(all.begin(), all.end(), type);
}

void close_diary(node& test, std::string_view key) {
  append_item item;
  item.stream = *stream_id::make("diary", key);
  item.shard = shard_of(item.stream, test.journal.shards());
  item.shard_epoch = epoch(1);
  item.retention = tombstone_stream{};
  REQUIRE(std::holds_alternative<appended>(test.journal.append_around(item)));
}

} // namespace

TEST_CASE(
    "a timer that is given up is a dead letter in the commit that takes it away, with all that is known") {
  node test;
  auto due = test.now() + 1h;
  dispatch_options options;
  options.meta.subject = "anna";
  (void)test.send("a", plan{"bad", due, "throw"}, options);
  test.runtime.run();
  auto timer = timer_of("a", "bad", due, "throw");
  auto buried = 0;
  test.journal.before_append = [&](std::span<const append_item> batch) {
    for (const auto& item : batch) {
      if (item.stream.category() != dead_command_category)
        continue;
      ++buried;
      CHECK(item.fires);
      CHECK(item.notes.size() == 2);
      CHECK(item.events.size() == 1);
    }
  };
  test.runtime.advance(1h);
  let_pass(test);
  CHECK(buried == 1);
  CHECK(test.timers().empty());
  auto all = test.dead();
  REQUIRE(all.size() == 1);
  const auto& dead = all.front();
  CHECK(dead.origin == command_origin::timer);
  CHECK(dead.target == "diary-a");
  CHECK(dead.name == "bad");
  CHECK(dead.type == "Remind");
  CHECK(dead.due == due);
  CHECK_FALSE(dead.correlation_id.is_nil());
  CHECK(dead.attempts_made == 3);
  REQUIRE(dead.attempts.size() == 3);
  CHECK(dead.attempts[0].time == due);
  CHECK(dead.attempts[2].time >= due + 4s);
  CHECK(dead.attempts[2].failure.find("a fault in decide") != std::string::npos);
  CHECK(dead.died >= dead.attempts[2].time);
  auto content = find_dead_content(test.journal, dead.id).value();
  REQUIRE(content);
  auto held = timed_command_in({timer.key, timer.owner, *content}).value();
  CHECK(held.command == timed_command_in(timer)->command);
  CHECK(held.meta.subject == "anna");
  CHECK(trace(test) == types{"tusker.CommandDeadLettered"});
}

TEST_CASE("a dead command that is tried again fires at once, leaves the list, and leaves a trace") {
  node test;
  auto dead = bury_one(test);
  mending mended;
  CHECK(test.answer(test.runtime->retry_dead_commands({dead.id, dead.id})) == 1U);
  CHECK(test.count("a", "throw") == 1);
  CHECK(test.dead().empty());
  CHECK(test.timers().empty());
  CHECK(trace(test) == types{"tusker.CommandDeadLettered", "tusker.DeadCommandRetried"});
  CHECK_FALSE(find_dead_content(test.journal, dead.id).value());
  CHECK(test.answer(test.runtime->retry_dead_commands({dead.id})) == 0U);
}

TEST_CASE("a dead command that fails again is on the list again, under the same id") {
  node test;
  auto dead = bury_one(test);
  CHECK(test.answer(test.runtime->retry_dead_commands({dead.id})) == 1U);
  CHECK(test.dead().empty());
  CHECK(test.timers().size() == 1);
  let_pass(test);
  auto again = test.dead();
  REQUIRE(again.size() == 1);
  CHECK(again[0].id == dead.id);
  CHECK(again[0].name == "bad");
  CHECK(again[0].died > dead.died);
  CHECK(test.timers().empty());
  CHECK(trace(test) ==
        types{"tusker.CommandDeadLettered", "tusker.DeadCommandRetried", "tusker.CommandDeadLettered"});
}

TEST_CASE("a dead command is dropped with a reason that stays") {
  node test;
  auto dead = bury_one(test);
  CHECK(test.answer(test.runtime->drop_dead_commands({dead.id}, "the diary is full")) == 1U);
  CHECK(test.dead().empty());
  CHECK_FALSE(find_dead_content(test.journal, dead.id).value());
  auto shard = shard_in(dead.id);
  auto slice = test.journal.read_stream(dead_command_stream(shard, test.journal.shards()), stream_version(2),
                                        {}, read_direction::forward);
  auto dropped = decode<dead_command_dropped>(slice->events.at(0).data.content.json).value();
  CHECK(dropped.id == dead.id);
  CHECK(dropped.target == "diary-a");
  CHECK(dropped.reason == "the diary is full");
}

TEST_CASE("ids of nothing are passed over, also those of shards that the journal does not have") {
  node test;
  (void)bury_one(test);
  uuid nowhere;
  nowhere.bytes.fill(0xFF);
  CHECK(test.answer(test.runtime->retry_dead_commands({uuid(), nowhere})) == 0U);
  CHECK(test.answer(test.runtime->drop_dead_commands({uuid(), nowhere}, "why not")) == 0U);
  CHECK(test.dead().size() == 1);
}

TEST_CASE("many dead commands of many aggregates are tried again at once") {
  node test;
  constexpr auto diaries = 300;
  for (auto number = 0; number < diaries; ++number)
    (void)test.send(std::to_string(number), plan{"bad", test.now() + 1h, "throw"});
  test.runtime.advance(1h);
  let_pass(test);
  auto page = test.runtime->dead_commands({{}, {}, {}, 1'000}).value();
  REQUIRE(page.commands.size() == diaries);
  std::vector<uuid> ids;
  for (const auto& dead : page.commands)
    ids.push_back(dead.id);
  mending mended;
  CHECK(test.answer(test.runtime->retry_dead_commands(ids)) == std::uint64_t{diaries});
  CHECK(test.dead().empty());
  for (auto number = 0; number < diaries; ++number)
    CHECK(test.count(std::to_string(number), "throw") == 1);
}

TEST_CASE(
    "of a retry and a drop of a dead command at the same moment one has its effect, whichever comes first") {
  auto is_retry_first = GENERATE(true, false);
  constexpr auto steps_max = 12;
  for (auto steps = 0; steps < steps_max; ++steps) {
    node test;
    auto dead = bury_one(test);
    mending mended;
    auto retry = [&] { return test.runtime->retry_dead_commands({dead.id}); };
    auto drop = [&] { return test.runtime->drop_dead_commands({dead.id}, "spam"); };
    auto first = is_retry_first ? retry() : drop();
    for (auto step = 0; step < steps; ++step)
      (void)test.runtime.run_once();
    auto second = is_retry_first ? drop() : retry();
    test.runtime.run();
    INFO("after step " << steps);
    CHECK(first.get() == 1U);
    CHECK(second.get() == 0U);
    CHECK(test.count("a", "throw") == (is_retry_first ? 1 : 0));
    CHECK(times_in(trace(test), "tusker.DeadCommandRetried") == (is_retry_first ? 1 : 0));
    CHECK(times_in(trace(test), "tusker.DeadCommandDropped") == (is_retry_first ? 0 : 1));
  }
}

TEST_CASE("a retry whose notes have changed until it is recorded looks anew") {
  node test;
  auto dead = bury_one(test);
  mending mended;
  auto is_over = false;
  test.journal.before_append = [&](std::span<const append_item> batch) {
    if (std::exchange(is_over, true))
      return;
    // Another timer of the shard is given up by another writer meanwhile.
    auto trace_item = batch.front();
    trace_item.command = {};
    trace_item.expected = any;
    trace_item.timers.clear();
    trace_item.notes_removed.clear();
    REQUIRE(std::holds_alternative<appended>(test.journal.append_around(trace_item)));
  };
  CHECK(test.answer(test.runtime->retry_dead_commands({dead.id})) == 1U);
  CHECK(test.count("a", "throw") == 1);
  CHECK(test.dead().empty());
}

TEST_CASE("a timer whose stream is closed is a dead letter") {
  node test;
  (void)test.send("a", plan{"call", test.now() + 1h, "call"});
  test.runtime.run();
  close_diary(test, "a");
  test.runtime.advance(1h);
  let_pass(test);
  CHECK(test.timers().empty());
  auto dead = test.dead();
  REQUIRE(dead.size() == 1);
  CHECK(dead[0].target == "diary-a");
  CHECK(dead[0].name == "call");
}

TEST_CASE("a timer has its effect or is a dead letter, whichever part dies at whichever step") {
  auto dying = GENERATE(part::timers, part::dispatcher, part::router, part::journal);
  constexpr auto steps_max = 60;
  for (auto steps = 0; steps < steps_max; ++steps) {
    runtime_options options;
    options.timer_retries.attempts_max = 1;
    node test(options);
    test.journal.can_reopen = true;
    (void)test.send("a", plan{"bad", test.now() + 1h, "throw"});
    test.runtime.run();
    test.runtime.clock().advance(1h);
    test.runtime.crash({part::timers, {}, 0}); // so that the next one looks
    test.runtime.run();
    test.runtime.advance(100ms);
    for (auto step = 0; step < steps; ++step)
      (void)test.runtime.run_once();
    test.runtime.crash({dying, "diary", 0});
    for (auto wait = 0; wait < 10; ++wait)
      test.runtime.advance(20s);
    INFO("part " << static_cast<int>(dying) << " after step " << steps);
    CHECK(test.timers().empty());
    CHECK(test.dead().size() == 1);
    CHECK(times_in(trace(test), "tusker.CommandDeadLettered") == 1);
    CHECK(test.runtime->stats().timers_in_flight == 0);
  }
}

TEST_CASE("a dead letter whose commit is written and not acknowledged is there once") {
  node test;
  test.journal.can_reopen = true;
  (void)test.send("a", plan{"bad", test.now() + 1h, "throw"});
  test.runtime.run();
  test.journal.before_append = [&](std::span<const append_item> batch) {
    if (batch.front().stream.category() != dead_command_category)
      return;
    test.journal.before_append = nullptr;
    test.journal.next_failure_after_write = error(journal_errc::io_error, "the answer is lost");
  };
  test.runtime.advance(1h);
  let_pass(test);
  CHECK(test.dead().size() == 1);
  CHECK(test.timers().empty());
  CHECK(trace(test) == types{"tusker.CommandDeadLettered"});
}

TEST_CASE("a dead letter for which the journal has no room is made when it has") {
  node test;
  auto is_full = true;
  (void)test.send("a", plan{"bad", test.now() + 1h, "throw"});
  test.runtime.run();
  test.journal.before_append = [&](std::span<const append_item> batch) {
    if (is_full && batch.front().stream.category() == dead_command_category)
      test.journal.next_failure = error(journal_errc::storage_full, "the disk is full");
  };
  test.runtime.advance(1h);
  let_pass(test);
  CHECK(test.dead().empty());
  CHECK(test.timers().size() == 1);
  is_full = false;
  let_pass(test);
  CHECK(test.dead().size() == 1);
  CHECK(test.timers().empty());
}

TEST_CASE("a timer of which the journal takes no dead letter stays, and says why") {
  node test;
  auto timer = timer_of("a", "huge", test.now(), "");
  // As large as a timer may be, which is a little more than a note may be.
  timer.content = {"Something", {}, {}};
  auto limit = runtime_options().journal.limits.event_bytes_max;
  timer.content.json.resize(limit - timer.owner.name().size() - timer.content.type.size(), ' ');
  test.change_around("a", {timer}, {});
  test.runtime.crash({part::timers, {}, 0}); // so that the next one looks
  test.runtime.run();
  let_pass(test);
  CHECK(test.dead().empty());
  auto left = test.timers();
  REQUIRE(left.size() == 1);
  REQUIRE(left[0].failure);
  CHECK(left[0].failure->code() == model_errc::unknown_command_type);
  CHECK(test.runtime->stats().timers_given_up == 1);
  CHECK(test.runtime->stats().timers_in_flight == 0);
}

TEST_CASE("after the shutdown dead commands are not read, and nobody does anything about them") {
  node test;
  auto dead = bury_one(test);
  (void)test.runtime->shutdown();
  CHECK(test.runtime->dead_commands().error().code() == runtime_errc::stopped);
  CHECK(test.runtime->retry_dead_commands({dead.id}).get().error().code() == runtime_errc::stopped);
}
