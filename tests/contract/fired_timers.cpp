#include "fired_timers.hpp"

#include "broken_journal.hpp"
#include "engine.hpp"
#include "verdict_text.hpp"

#include <tusker/model/stream_in_shard.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

namespace tusker::contract {

using namespace sample;

namespace {

constexpr std::string_view stream = "order-1";

auto timers_of(const journal_reader& of) -> std::vector<timer_entry> {
  return must(of.read_timers(shard_of(stream_named(stream), of.shards()), timestamp::max(), 100));
}

/// A step that sets these timers.
auto setting(const journal_reader& of, std::vector<timer_entry> timers) -> append_item {
  auto item = item_for(of, stream, {});
  item.timers = std::move(timers);
  return item;
}

/// A step with one event that answers the timer, under a command id of its own.
auto firing(const journal_reader& of, const timer_entry& timer, std::uint64_t number) -> append_item {
  auto item = as_command(item_for(of, stream, events(1, std::to_string(number))), number);
  item.fires = timer;
  return item;
}

auto numbered_timer(const journal_reader& of, std::uint64_t number) -> timer_entry {
  return timer_at(item_for(of, stream, {}), 60, number);
}

void compare(fault_list& faults, const std::string& what, const append_verdict& verdict,
             const append_verdict& wanted) {
  if (verdict != wanted)
    faults.push_back(what + ": " + to_text(verdict) + " instead of " + to_text(wanted));
}

} // namespace

auto faults_of_fired_timers(journal& empty) -> fault_list {
  fault_list faults;
  auto one = numbered_timer(empty, 1);
  auto two = numbered_timer(empty, 2);
  auto three = numbered_timer(empty, 3);
  record(empty, {setting(empty, {one, two, three})});
  // The second one of a batch must see what the first one took.
  auto batch = append_all(empty, {firing(empty, one, 1), firing(empty, one, 2)});
  compare(faults, "a timer is answered", batch.at(0), appended_at(1, 1));
  compare(faults, "a timer is answered again in the batch", batch.at(1), timer_gone{});
  compare(faults, "a timer is answered again under the same command",
          append_one(empty, firing(empty, one, 1)), timer_gone{});
  auto cancelling = item_for(empty, stream, {});
  cancelling.timers_cancelled = {two.key};
  record(empty, {cancelling});
  compare(faults, "a cancelled timer", append_one(empty, firing(empty, two, 3)), timer_gone{});
  auto replaced = three;
  replaced.content.json = R"({"another":true})";
  record(empty, {setting(empty, {replaced})});
  compare(faults, "a replaced timer", append_one(empty, firing(empty, three, 4)), timer_gone{});
  compare(faults, "what it was replaced by", append_one(empty, firing(empty, replaced, 5)),
          appended_at(2, 2));
  if (!timers_of(empty).empty())
    faults.push_back("a timer that was answered is still there");
  auto log = faults_of_journal(empty);
  faults.insert(faults.end(), log.begin(), log.end());
  return faults;
}

TEST_CASE("a timer is answered once, and not after it was cancelled or replaced") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  CHECK(faults_of_fired_timers(*journal) == no_faults);
  journal.reopen();
  CHECK(timers_of(*journal).empty());
}

TEST_CASE("a refused answer leaves its timer alone") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto timer = numbered_timer(*journal, 1);
  record(*journal, {setting(*journal, {timer})});
  auto late = firing(*journal, timer, 1);
  late.expected = exact(7);
  CHECK(append_one(*journal, late) == conflict(exact(7), 0));
  CHECK(timers_of(*journal) == std::vector{timer});
}

TEST_CASE("an answer may be a rejection, and may set its very timer again") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto timer = numbered_timer(*journal, 1);
  record(*journal, {setting(*journal, {timer})});
  auto again = firing(*journal, timer, 1);
  again.timers = {timer};
  CHECK(append_one(*journal, again) == appended_at(1, 1));
  CHECK(timers_of(*journal) == std::vector{timer});
  // The command's receipt is there, so the timer needs an answer under another id.
  CHECK(std::holds_alternative<duplicate_command>(append_one(*journal, firing(*journal, timer, 1))));
  auto rejecting = as_rejection(firing(*journal, timer, 2), "No");
  rejecting.events.clear();
  CHECK(append_one(*journal, rejecting) == appended_at(1, 1));
  CHECK(timers_of(*journal).empty());
}

TEST_CASE("an answer to the timer of another stream is invalid") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto timer = numbered_timer(*journal, 1);
  record(*journal, {setting(*journal, {timer})});
  auto foreign = firing(*journal, timer, 1);
  foreign.fires->owner = stream_named("order-2");
  CHECK(refusal_code(append_one(*journal, foreign)) == "invalid_item");
}

TEST_CASE("a stream of the runtime takes a timer of its shard away, once, and only as it stands there") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto timer = numbered_timer(*journal, 1);
  record(*journal, {setting(*journal, {timer})});
  auto shard = shard_of(stream_named(stream), journal->shards());
  auto item = item_for(*journal, stream_in_shard("tusker_tests", shard, journal->shards()).name(), events(1));
  item.fires = timer;
  item.fires->content.json = "{}";
  CHECK(append_one(*journal, item) == append_verdict(timer_gone{}));
  item.fires = timer;
  CHECK(append_one(*journal, item) == appended_at(1, 1));
  CHECK(timers_of(*journal).empty());
  CHECK(append_one(*journal, item) == append_verdict(timer_gone{}));
}

TEST_CASE("a closed stream takes an answer to its timer that does nothing else") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto timer = numbered_timer(*journal, 1);
  record(*journal, {setting(*journal, {timer})});
  auto closing = item_for(*journal, stream, events(1));
  closing.retention = tombstone_stream{};
  record(*journal, {closing});
  CHECK(refusal_code(append_one(*journal, firing(*journal, timer, 1))) == "stream_tombstoned");
  CHECK(timers_of(*journal) == std::vector{timer});
  auto idle = firing(*journal, timer, 2);
  idle.events.clear();
  CHECK(std::holds_alternative<appended>(append_one(*journal, idle)));
  CHECK(timers_of(*journal).empty());
}

TEST_CASE("control: a journal that does not look at the timer that is answered is found out") {
  auto change = GENERATE(
      as<changing_journal::change>(),
      // Takes it along, whether it is there or not.
      [](append_item& item) {
        if (item.fires)
          item.timers_cancelled.push_back(item.fires->key);
        item.fires.reset();
      },
      // Looks whether it is there, and leaves it.
      [](append_item& item) {
        if (item.fires)
          item.timers.push_back(*item.fires);
      });
  auto sound = must(open_memory_journal());
  auto broken = changing_journal(*sound, change);
  CHECK_FALSE(faults_of_fired_timers(broken).empty());
}

} // namespace tusker::contract
