#include "reminding_node.hpp"

#include <tusker/persistence/memory_journal.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/forwarding_journal.hpp>

#include <algorithm>

// What may come between a timer and its effect: each timer has its effect once, whatever dies.

using namespace tusker;
using namespace reminding;
using namespace std::chrono_literals;

namespace {

using part = node_part::part_kind;

auto is_firing(const append_item& item) -> bool {
  return item.fires.has_value();
}

auto has_firing(std::span<const append_item> batch) -> bool {
  return std::any_of(batch.begin(), batch.end(), is_firing);
}

/// Calls `before` once, before the first commit that answers a timer.
template <class Before>
void before_first_firing(node& test, Before before) {
  test.journal.before_append = [before, is_over = false](std::span<const append_item> batch) mutable {
    if (!is_over && has_firing(batch)) {
      is_over = true;
      before();
    }
  };
}

/// Lets the next timer actor look into the journal: for timers that went around the node, and that nobody announced.
void look_anew(node& test) {
  test.runtime.crash({part::timers, {}, 0});
  test.runtime.run();
  test.runtime.advance(1s);
}

/// A journal in memory that outlives its nodes, and counts the timers that are read.
class lasting_journal final : public forwarding_journal {
public:
  explicit lasting_journal(journal& engine, std::size_t& timers_read)
      : forwarding_journal(engine), timers_read_(timers_read) {}

  [[nodiscard]] auto read_timers(shard_id shard, const std::optional<timer_key>& after, timestamp until,
                                 std::size_t timers_max) const -> result<std::vector<timer_entry>> override {
    auto timers = engine().read_timers(shard, after, until, timers_max);
    timers_read_ += timers ? timers->size() : 0;
    return timers;
  }

private:
  std::size_t& timers_read_;
};

auto start_node(journal& engine, timestamp now, std::size_t& timers_read) -> deterministic_runtime {
  auto runtime = std::move(
      *deterministic_runtime::open({}, std::make_unique<lasting_journal>(engine, timers_read), now));
  runtime->add<diary>();
  if (auto started = runtime->start(); !started)
    throw std::logic_error(to_string(started.error()));
  runtime.run();
  return runtime;
}

} // namespace

TEST_CASE("a timer that is cancelled while its command is on its way has no effect") {
  node test;
  auto due = test.now() + 1h;
  (void)test.send("a", plan{"call", due, "call"});
  test.runtime.run();
  before_first_firing(test, [&] { test.change_around("a", {}, {timer_of("a", "call", due, "").key}); });
  test.runtime.advance(1h);
  CHECK(test.count("a", "call") == 0);
  CHECK(test.runtime->stats().timers_gone == 1);
  CHECK(test.runtime->stats().timers_fired == 0);
  CHECK(test.runtime->stats().timers_in_flight == 0);
}

TEST_CASE("a timer that is replaced while its command is on its way brings the new command alone") {
  node test;
  auto due = test.now() + 1h;
  (void)test.send("a", plan{"call", due, "old"});
  test.runtime.run();
  before_first_firing(test, [&] { test.change_around("a", {timer_of("a", "call", due, "new")}, {}); });
  test.runtime.advance(1h);
  test.runtime.advance(2min);
  CHECK(test.count("a", "old") == 0);
  CHECK(test.runtime->stats().timers_gone == 1);
  // Nobody announced the new one, which another writer has set; whoever looks anew finds it.
  look_anew(test);
  CHECK(test.count("a", "new") == 1);
  CHECK(test.timers().empty());
}

TEST_CASE("a timer has its effect once, whichever part dies at whichever step of its way") {
  auto dying = GENERATE(part::timers, part::dispatcher, part::router, part::journal);
  constexpr auto steps_max = 40;
  for (auto steps = 0; steps < steps_max; ++steps) {
    node test;
    test.journal.can_reopen = true;
    (void)test.send("a", plan{"call", test.now(), "call"});
    for (auto step = 0; step < steps; ++step)
      test.runtime.run_once();
    test.runtime.crash({dying, "diary", 0});
    for (auto wait = 0; wait < 10; ++wait)
      test.runtime.advance(20s);
    INFO("part " << static_cast<int>(dying) << " after step " << steps);
    auto was_set = test.runtime->load<diary>("a")->version > empty_stream;
    CHECK(test.count("a", "call") == (was_set ? 1 : 0));
    CHECK(test.timers().empty());
    CHECK(test.runtime->stats().timers_in_flight == 0);
    CHECK(test.runtime->health());
  }
}

TEST_CASE("a timer whose commit is written and not acknowledged has its effect once") {
  node test;
  test.journal.can_reopen = true;
  (void)test.send("a", plan{"call", test.now() + 1h, "call"});
  test.runtime.run();
  before_first_firing(test, [&] {
    test.journal.next_failure_after_write = error(journal_errc::io_error, "the answer is lost");
  });
  test.runtime.advance(1h);
  test.runtime.advance(1s);
  CHECK(test.count("a", "call") == 1);
  CHECK(test.timers().empty());
  CHECK(test.runtime->stats().timers_in_flight == 0);
  CHECK(test.runtime->stats().timers_gone == 1);
}

TEST_CASE("a timer that was set by a commit whose announcement is lost fires") {
  node test;
  test.journal.can_reopen = true;
  test.journal.next_failure_after_write = error(journal_errc::io_error, "the answer is lost");
  (void)test.send("a", plan{"call", test.now() + 1h, "call"});
  test.runtime.advance(59min);
  CHECK(test.count("a", "call") == 0);
  test.runtime.advance(1min);
  CHECK(test.count("a", "call") == 1);
}

TEST_CASE("a timer for which the journal has no room fires when it has") {
  node test;
  (void)test.send("a", plan{"call", test.now() + 1h, "call"});
  test.runtime.run();
  before_first_firing(
      test, [&] { test.journal.next_failure = error(journal_errc::storage_full, "the disk is full"); });
  test.runtime.advance(1h);
  CHECK(test.count("a", "call") == 0);
  CHECK(test.runtime->stats().timers_retried == 1);
  test.runtime.advance(1min);
  CHECK(test.count("a", "call") == 1);
  CHECK(test.runtime->stats().timers_given_up == 0);
}

TEST_CASE("a timer whose aggregate dies under it is tried again, then is a dead letter, and others go on") {
  node test;
  auto due = test.now() + 1h;
  (void)test.send("a", plan{"bad", due, "throw"});
  (void)test.send("a", plan{"good", due, "good"});
  test.runtime.advance(1h);
  for (auto wait = 0; wait < 30; ++wait)
    test.runtime.advance(10s);
  CHECK(test.count("a", "good") == 1);
  CHECK(test.runtime->stats().timers_given_up == 1);
  CHECK(test.runtime->stats().timers_retried == 2);
  CHECK(test.runtime->stats().timers_in_flight == 0);
  CHECK(test.timers().empty());
  auto dead = test.dead();
  REQUIRE(dead.size() == 1);
  CHECK(dead[0].name == "bad");
  CHECK(dead[0].attempts.back().failure.find("aggregate_failed") == 0);
  // One of the same name that works fires.
  (void)test.send("a", plan{"bad", due, "better"});
  test.runtime.run();
  CHECK(test.count("a", "better") == 1);
}

TEST_CASE("timers that nobody handles are dead letters, and keep no others from their places") {
  runtime_options options;
  options.timers_in_flight_max = 3;
  node test(options);
  auto due = test.now() + 1h;
  for (auto number = 1; number <= 10; ++number) {
    auto name = std::to_string(number);
    auto unknown = timer_of("a", name, due, "call");
    unknown.content.type = "Something";
    test.change_around("a", {unknown}, {});
  }
  (void)test.send("a", plan{"good", due + 1min, "good"});
  for (auto wait = 0; wait < 40; ++wait)
    test.runtime.advance(2min);
  CHECK(test.count("a", "good") == 1);
  CHECK(test.runtime->stats().timers_given_up == 10);
  CHECK(test.timers().empty());
  auto dead = test.dead();
  REQUIRE(dead.size() == 10);
  CHECK(dead[0].type == "Something");
  CHECK(dead[0].name.empty());
}

TEST_CASE("no more timers are in flight than may be, however many are due") {
  runtime_options options;
  options.timers_in_flight_max = 50;
  node test(options);
  constexpr auto timers = 100'000;
  constexpr auto diaries = 100;
  auto due = test.now() + 1h;
  for (auto number = 0; number < timers; number += diaries) {
    for (auto diary = 0; diary < diaries; ++diary) {
      auto key = std::to_string(diary);
      test.change_around(key, {timer_of(key, std::to_string(number), due, "nothing")}, {});
    }
  }
  look_anew(test);
  std::uint64_t most = 0;
  test.journal.before_append = [&](std::span<const append_item>) {
    most = std::max(most, test.runtime->stats().timers_in_flight);
  };
  test.runtime.advance(2h);
  CHECK(most == 50);
  CHECK(test.timers().empty());
  CHECK(test.runtime->stats().timers_fired == timers);
}

TEST_CASE("timers that find no room among the commands wait for it") {
  runtime_options options;
  options.commands_in_flight_max = 4;
  node test(options);
  auto due = test.now() + 1h;
  for (auto number = 0; number < 100; ++number) {
    auto key = std::to_string(number);
    test.change_around(key, {timer_of(key, "call", due, "call")}, {});
  }
  look_anew(test);
  test.runtime.advance(1h);
  for (auto wait = 0; wait < 100 && !test.timers().empty(); ++wait)
    test.runtime.advance(5s);
  CHECK(test.timers().empty());
  CHECK(test.runtime->stats().timers_fired == 100);
  CHECK(test.runtime->stats().timers_given_up == 0);
}

TEST_CASE("timers fire late rather than never after the node was away") {
  auto engine = open_memory_journal().value();
  std::size_t timers_read = 0;
  const auto begin = timestamp{std::chrono::hours(500'000)};
  {
    auto first = start_node(*engine, begin, timers_read);
    for (auto number = 1; number <= 10; ++number)
      (void)first->dispatch<diary>("a", plan{std::to_string(number), begin + number * 1h, "call"});
    first.run();
  }
  auto second = start_node(*engine, begin + 5h, timers_read);
  CHECK(second->load<diary>("a")->state.notes.at("call") == 5);
  second.advance(5h);
  CHECK(second->load<diary>("a")->state.notes.at("call") == 10);
}

TEST_CASE("a node that starts with many timers reads one a shard, and then what is due") {
  auto engine = open_memory_journal().value();
  std::size_t timers_read = 0;
  const auto begin = timestamp{std::chrono::hours(500'000)};
  constexpr auto timers = 20'000;
  for (auto number = 0; number < timers; ++number) {
    auto key = std::to_string(number % 500);
    append_item item;
    item.stream = *stream_id::make("diary", key);
    item.shard = shard_of(item.stream, engine->shards());
    // Spread over a year.
    item.timers = {timer_of(key, std::to_string(number), begin + number * 1'576s + 1s, "nothing")};
    REQUIRE(engine->append(std::span(&item, 1)));
  }
  auto node = start_node(*engine, begin, timers_read);
  CHECK(timers_read == 64);
  node.advance(1h);
  CHECK(node->stats().timers_fired == 3);
  CHECK(timers_read <= 64 + 2 * 3);
}
