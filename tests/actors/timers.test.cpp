#include "reminding_node.hpp"

#include <tusker/model/model_errc.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>

using namespace tusker;
using namespace reminding;
using namespace std::chrono_literals;

namespace {

constexpr auto days = [](int count) { return std::chrono::hours(24 * count); };

auto names_of(const std::vector<pending_timer>& timers) -> std::vector<std::string> {
  std::vector<std::string> names;
  names.reserve(timers.size());
  for (const auto& timer : timers)
    names.push_back(timer.name);
  return names;
}

} // namespace

TEST_CASE("a timer fires at its time and not before, also a year ahead") {
  node test;
  auto due = test.now() + days(365);
  auto planned = test.send("a", plan{"call", due, "call"});
  test.runtime.run();
  REQUIRE(planned.get());
  test.runtime.advance(days(365) - 1us);
  CHECK(test.count("a", "call") == 0);
  CHECK(names_of(test.timers()) == std::vector<std::string>{"call"});
  test.runtime.advance(1us);
  CHECK(test.count("a", "call") == 1);
  CHECK(test.timers().empty());
  CHECK(test.runtime->load<diary>("a")->state.last == due);
  test.runtime.advance(days(1));
  CHECK(test.count("a", "call") == 1);
  CHECK(test.runtime->stats().timers_fired == 1);
  CHECK(test.runtime->stats().timers_in_flight == 0);
}

TEST_CASE("the command of a timer has the timer's id, and belongs together with what set it") {
  node test;
  auto due = test.now() + 1h;
  auto request = command_id_from_key(test.now(), "request");
  dispatch_options options{.command_id = request};
  options.meta.subject = "c-1";
  (void)test.send("a", plan{"call", due, "call"}, options);
  test.runtime.advance(1h);
  auto events =
      test.journal.read_stream(*stream_id::make("diary", "a"), {}, {}, read_direction::forward)->events;
  REQUIRE(events.size() == 2);
  const auto& meta = events[1].data.meta;
  CHECK(meta.causation_id == timer_of("a", "call", due, "").key.id);
  CHECK(meta.correlation_id == request.value());
  CHECK(meta.subject == "c-1");
}

TEST_CASE("a timer that an aggregate cancels does not fire") {
  node test;
  auto due = test.now() + 1h;
  (void)test.send("a", plan{"call", due, "call"});
  (void)test.send("a", plan{"visit", due, "visit"});
  (void)test.send("a", drop{"call", due});
  test.runtime.advance(1h);
  CHECK(test.count("a", "call") == 0);
  CHECK(test.count("a", "visit") == 1);
  CHECK(test.timers().empty());
}

TEST_CASE("a timer that is set again brings the new command, and one of another time is another timer") {
  node test;
  auto due = test.now() + 1h;
  (void)test.send("a", plan{"call", due, "old"});
  (void)test.send("a", plan{"call", due, "new"});
  (void)test.send("a", plan{"call", due + 1h, "later"});
  test.runtime.advance(1h);
  CHECK(test.count("a", "old") == 0);
  CHECK(test.count("a", "new") == 1);
  CHECK(test.count("a", "later") == 0);
  test.runtime.advance(1h);
  CHECK(test.count("a", "later") == 1);
}

TEST_CASE("a timer that is set for a time in the past fires at once, behind those that fired already too") {
  node test;
  (void)test.send("a", plan{"one", test.now() + 1h, "one"});
  test.runtime.advance(2h);
  (void)test.send("a", plan{"two", test.now() - days(400), "two"});
  test.runtime.run();
  CHECK(test.count("a", "one") == 1);
  CHECK(test.count("a", "two") == 1);
}

TEST_CASE("a program sets and cancels timers of an aggregate, also of one without events") {
  node test;
  auto due = test.now() + 1h;
  auto set = test.runtime->set_timer<diary>("a", "call", due, remind{"call", due});
  auto other = test.runtime->set_timer<diary>("a", "visit", due, remind{"visit", due});
  test.runtime.run();
  REQUIRE(set.get());
  CHECK(set.get()->version == empty_stream);
  CHECK(set.get()->event_count == 0);
  auto cancelled = test.runtime->cancel_timer<diary>("a", "visit", due);
  auto unknown = test.runtime->cancel_timer<diary>("b", "visit", due);
  test.runtime.run();
  CHECK(cancelled.get());
  CHECK(unknown.get());
  test.runtime.advance(1h);
  CHECK(test.count("a", "call") == 1);
  CHECK(test.count("a", "visit") == 0);
}

TEST_CASE("a timer that a program sets does not disturb the aggregate's state") {
  node test;
  auto due = test.now() + 1h;
  (void)test.send("a", remind{"first", {}});
  test.runtime.run();
  (void)test.runtime->set_timer<diary>("a", "call", due, remind{"call", due});
  (void)test.send("a", remind{"second", {}}, {.expected = exact(1)});
  test.runtime.run();
  test.runtime.advance(days(2)); // it leaves memory
  (void)test.runtime->set_timer<diary>("a", "visit", due, remind{"visit", due});
  auto last = test.send("a", remind{"third", {}});
  test.runtime.run();
  REQUIRE(last.get());
  // Behind it comes the timer that was due at once.
  CHECK(last.get()->version == stream_version(4));
  CHECK(test.runtime->load<diary>("a")->version == stream_version(5));
  CHECK(test.count("a", "second") == 1);
}

TEST_CASE("setting a timer has its effect once under a command id, and expects a version if it is told to") {
  node test;
  auto due = test.now() + 1h;
  auto id = command_id_from_key(test.now(), "x");
  auto set = [&](std::string note, const dispatch_options& options) {
    auto answer = test.runtime->set_timer<diary>("a", "call", due, remind{std::move(note), due}, options);
    test.runtime.run();
    return answer.get();
  };
  CHECK(set("call", {.command_id = id})->kind == receipt_kind::first);
  CHECK(set("call", {.command_id = id})->kind == receipt_kind::repeated);
  CHECK(set("visit", {.command_id = id}).error().code() == journal_errc::command_id_reused);
  CHECK(set("visit", {.expected = stream_exists}).error().code() == journal_errc::version_conflict);
  test.runtime.advance(1h);
  CHECK(test.count("a", "call") == 1);
}

TEST_CASE("what cannot be a timer is refused") {
  node test;
  auto answer = test.runtime->set_timer<diary>("a", "", test.now(), remind{"call", {}});
  CHECK(answer.get().error().code() == model_errc::invalid_name);
  CHECK(test.runtime->cancel_timer<diary>("a", "call", timestamp(-1s)).get().error().code() ==
        model_errc::malformed_time);
  auto planned = test.send("a", plan{std::string(300, 'x'), test.now(), "call"});
  test.runtime.run();
  CHECK(planned.get().error().code() == model_errc::invalid_name);
  CHECK(test.runtime->load<diary>("a")->version == empty_stream);
}

TEST_CASE("a timer whose command is refused, or changes nothing, has fired") {
  node test;
  (void)test.send("a", plan{"one", test.now() + 1h, "no"});
  (void)test.send("a", plan{"two", test.now() + 1h, "nothing"});
  test.runtime.advance(1h);
  CHECK(test.timers().empty());
  CHECK(test.runtime->stats().timers_fired == 2);
  CHECK(test.runtime->stats().rejected == 1);
}

TEST_CASE("a timer may set itself again within its own command, and fires once more") {
  node test;
  auto due = test.now() + 1h;
  (void)test.send("a", plan{"again", due, "again"});
  test.runtime.advance(1h);
  CHECK(test.count("a", "again") == 2);
  CHECK(test.timers().empty());
}

TEST_CASE("a timer that is set again after it has fired fires again") {
  node test;
  auto due = test.now() + 1h;
  (void)test.send("a", plan{"call", due, "call"});
  test.runtime.advance(1h);
  (void)test.send("a", plan{"call", due, "call"});
  test.runtime.run();
  CHECK(test.count("a", "call") == 2);
  (void)test.send("a", plan{"call", due, "visit"});
  test.runtime.run();
  CHECK(test.count("a", "visit") == 1);
}

TEST_CASE("a timer that is older than the receipts that are kept fires all the same") {
  runtime_options options;
  node test(options);
  auto long_ago = test.now() - 1h;
  (void)test.send("a", remind{"first", {}});
  test.runtime.advance(options.journal.receipts_kept + 1h);
  (void)test.send("a", remind{"second", {}}); // takes the first one's receipt along
  test.runtime.run();
  (void)test.send("a", plan{"call", long_ago, "call"});
  test.runtime.run();
  CHECK(test.count("a", "call") == 1);
  CHECK(test.timers().empty());
}

TEST_CASE("a wall clock that is set back delays no timer and repeats none") {
  node test;
  (void)test.send("a", plan{"one", test.now() + 10min, "one"});
  (void)test.send("a", plan{"two", test.now() + 20min, "two"});
  test.runtime.advance(10min);
  test.runtime.clock().advance(-5h);
  CHECK(test.count("a", "one") == 1);
  test.runtime.advance(10min - 1us);
  CHECK(test.count("a", "two") == 0);
  test.runtime.advance(1us);
  CHECK(test.count("a", "two") == 1);
  // Its command sees no time before the one it was set for.
  CHECK(test.runtime->load<diary>("a")->state.last >= timestamp{std::chrono::hours(500'000)} + 20min);
  test.runtime.advance(days(1));
  CHECK(test.count("a", "one") == 1);
}

TEST_CASE("a wall clock that is set forward makes timers due within a minute") {
  node test;
  (void)test.send("a", plan{"one", test.now() + days(3), "one"});
  test.runtime.run();
  test.runtime.clock().advance(days(3));
  test.runtime.advance(1min);
  CHECK(test.count("a", "one") == 1);
}

TEST_CASE("timers are listed in the order in which they are due, in pages") {
  node test;
  for (auto number = 1; number <= 25; ++number) {
    auto key = "d" + std::to_string(number);
    (void)test.send(key, plan{std::to_string(number), test.now() + number * 1h, "call"});
  }
  test.runtime.run();
  std::vector<std::string> names;
  timer_range range{.timers_max = 4};
  for (auto page = test.runtime->timers(range).value(); !page.empty();
       page = test.runtime->timers(range).value()) {
    CHECK(page.size() <= 4);
    for (const auto& timer : page) {
      CHECK(timer.owner.name() == "diary-d" + timer.name);
      CHECK(timer.content.type == "Remind");
      CHECK_FALSE(timer.failure);
      names.push_back(timer.name);
    }
    range.after = page.back().key;
  }
  REQUIRE(names.size() == 25);
  for (std::size_t at = 0; at < names.size(); ++at)
    CHECK(names[at] == std::to_string(at + 1));
  CHECK(test.runtime->timers({.until = test.now() + 3h}).value().size() == 3);
  CHECK(test.runtime->shutdown());
  CHECK(test.runtime->timers().error().code() == runtime_errc::stopped);
}
