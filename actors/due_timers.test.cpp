#include <tusker/actors/due_timers.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/forwarding_journal.hpp>

#include <algorithm>
#include <memory>

namespace tusker {

using namespace sample;

namespace {

/// A journal that counts the timers that were read, and fails to read one shard's when told to.
class watched_journal final : public forwarding_journal {
public:
  explicit watched_journal(std::unique_ptr<journal> sound)
      : forwarding_journal(*sound), sound_(std::move(sound)) {}

  mutable std::size_t reads = 0;
  mutable std::size_t timers_read = 0;
  std::optional<shard_id> damaged;

  [[nodiscard]] auto read_timers(shard_id shard, const std::optional<timer_key>& after, timestamp until,
                                 std::size_t timers_max) const -> result<std::vector<timer_entry>> override {
    ++reads;
    if (damaged == shard)
      return fail(journal_errc::corrupt, "a timer is damaged");
    auto timers = engine().read_timers(shard, after, until, timers_max);
    timers_read += timers ? timers->size() : 0;
    return timers;
  }

private:
  std::unique_ptr<journal> sound_;
};

auto journal_of_tests() -> std::shared_ptr<watched_journal> {
  return std::make_shared<watched_journal>(must(open_memory_journal()));
}

/// Sets a timer of a stream that the number names.
auto set(journal& in, std::uint64_t number, std::int64_t due_seconds) -> due_timer {
  auto item = item_for(in, "order-" + std::to_string(number), {});
  item.timers = {timer_at(item, due_seconds, number)};
  record(in, {item});
  return {item.shard, item.timers.front()};
}

auto dues(const std::vector<due_timer>& timers) -> std::vector<timestamp> {
  std::vector<timestamp> times;
  times.reserve(timers.size());
  for (const auto& one : timers)
    times.push_back(one.timer.key.due);
  return times;
}

auto sorted_dues(const std::vector<due_timer>& timers) -> std::vector<timestamp> {
  auto times = dues(timers);
  std::sort(times.begin(), times.end());
  return times;
}

} // namespace

TEST_CASE("timers that are due are given once, and the next due time is known") {
  auto journal = journal_of_tests();
  (void)set(*journal, 1, 10);
  (void)set(*journal, 2, 20);
  (void)set(*journal, 3, 30);
  due_timers timers(journal);
  CHECK(sorted_dues(timers.take(time_at(20), 100)) == std::vector{time_at(10), time_at(20)});
  CHECK(timers.take(time_at(20), 100).empty());
  CHECK(timers.next_due() == time_at(30));
  CHECK(timers.take(time_at(31), 100).size() == 1);
  CHECK_FALSE(timers.next_due());
}

TEST_CASE("no more timers are given than are wanted, and the others afterwards") {
  auto journal = journal_of_tests();
  for (std::uint64_t number = 1; number <= 1'000; ++number)
    (void)set(*journal, number, static_cast<std::int64_t>(number));
  due_timers timers(journal);
  std::vector<due_timer> all;
  for (auto page = timers.take(time_at(2'000), 7); !page.empty(); page = timers.take(time_at(2'000), 7)) {
    CHECK(page.size() <= 7);
    all.insert(all.end(), page.begin(), page.end());
  }
  CHECK(all.size() == 1'000);
  auto times = sorted_dues(all);
  CHECK(std::adjacent_find(times.begin(), times.end()) == times.end());
}

TEST_CASE("with timers far ahead one a shard is read, and nothing more until one is due") {
  auto journal = journal_of_tests();
  for (std::uint64_t number = 1; number <= 5'000; ++number)
    (void)set(*journal, number, 1'000 + static_cast<std::int64_t>(number));
  due_timers timers(journal);
  CHECK(timers.take(time_at(0), 1'000).empty());
  CHECK(timers.next_due() == time_at(1'001));
  CHECK(journal->timers_read == 64);
  journal->reads = 0;
  CHECK(timers.take(time_at(1'000), 1'000).empty());
  CHECK(journal->reads == 0);
  CHECK(timers.take(time_at(1'010), 1'000).size() == 10);
  CHECK(journal->timers_read <= 64 + 10 + 10);
}

TEST_CASE("a timer that is announced is found, also before those that were given") {
  auto journal = journal_of_tests();
  auto late = set(*journal, 1, 50);
  due_timers timers(journal);
  CHECK(timers.take(time_at(60), 100).size() == 1);
  auto item = item_for(*journal, "order-1", {});
  item.timers = {timer_at(item, 40, 7)};
  record(*journal, {item});
  CHECK(timers.take(time_at(60), 100).empty());
  timers.announce(late.shard, time_at(40));
  CHECK(timers.next_due() == time_at(40));
  // The one that was given is met again, for it is still there.
  CHECK(dues(timers.take(time_at(60), 100)) == std::vector{time_at(40), time_at(50)});
}

TEST_CASE("a timer can be looked at again, and one that has gone is not given") {
  auto journal = journal_of_tests();
  auto one = set(*journal, 1, 10);
  due_timers timers(journal);
  REQUIRE(timers.take(time_at(20), 100).size() == 1);
  timers.look_again(one.shard, one.timer.key);
  CHECK(timers.take(time_at(20), 100).size() == 1);
  auto cancelling = item_for(*journal, "order-1", {});
  cancelling.timers_cancelled = {one.timer.key};
  record(*journal, {cancelling});
  timers.look_again(one.shard, one.timer.key);
  CHECK(timers.take(time_at(20), 100).empty());
  CHECK_FALSE(timers.next_due());
}

TEST_CASE("when all is in doubt all shards are looked at again") {
  auto journal = journal_of_tests();
  due_timers timers(journal);
  CHECK(timers.take(time_at(20), 100).empty());
  (void)set(*journal, 1, 10);
  CHECK(timers.take(time_at(20), 100).empty());
  timers.look_at_all();
  CHECK(timers.take(time_at(20), 100).size() == 1);
}

TEST_CASE("a shard that cannot be read keeps no other from its timers, and is tried again") {
  auto journal = journal_of_tests();
  auto bad = set(*journal, 1, 10);
  auto good = set(*journal, 2, 20);
  REQUIRE(bad.shard != good.shard);
  journal->damaged = bad.shard;
  due_timers timers(journal);
  CHECK(dues(timers.take(time_at(30), 100)) == std::vector{time_at(20)});
  CHECK(timers.has_failed());
  CHECK(timers.take(time_at(30), 100).empty());
  journal->damaged.reset();
  timers.retry_failed();
  CHECK_FALSE(timers.has_failed());
  CHECK(dues(timers.take(time_at(30), 100)) == std::vector{time_at(10)});
}

} // namespace tusker
