#include "engine.hpp"
#include "verdict_text.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

namespace tusker::contract {

using namespace sample;

namespace {

constexpr std::size_t all_of_them = 100;

/// Two streams in different shards.
constexpr std::string_view here = "order-1";
constexpr std::string_view there = "order-2";

auto timers_of(const journal_under_test& journal, shard_id shard, timestamp until = timestamp::max())
    -> std::vector<timer_entry> {
  return must(journal->read_timers(shard, until, all_of_them));
}

} // namespace

TEST_CASE("timers are read in the order they are due, those before 1970 first") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = item_for(*journal, here, {});
  auto late = timer_at(item, 900, 1);
  auto soon = timer_at(item, 5, 2);
  auto ancient = timer_at(item, -4'000'000'000, 3);
  auto older = timer_at(item, -4'000'000'001, 4);
  item.timers = {late, ancient, soon, older};
  record(*journal, {item});
  CHECK(timers_of(journal, item.shard) == std::vector{older, ancient, soon, late});
  journal.reopen();
  CHECK(timers_of(journal, item.shard) == std::vector{older, ancient, soon, late});
  CHECK(must(journal->read_timers(item.shard, timestamp::max(), 2)) == std::vector{older, ancient});
  CHECK(must(journal->read_timers(item.shard, timestamp::max(), 0)).empty());
}

TEST_CASE("only timers that are due are read, and one is due at its very time") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = item_for(*journal, here, {});
  auto timer = timer_at(item, 60, 1);
  item.timers = {timer, timer_at(item, 61, 2)};
  record(*journal, {item});
  CHECK(timers_of(journal, item.shard, timer.key.due - std::chrono::microseconds(1)).empty());
  CHECK(timers_of(journal, item.shard, timer.key.due) == std::vector{timer});
}

TEST_CASE("timers that are due at one time are told apart by their ids") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = item_for(*journal, here, {});
  auto first = timer_at(item, 60, 1);
  auto second = timer_at(item, 60, 2);
  item.timers = {second, first};
  record(*journal, {item});
  CHECK(timers_of(journal, item.shard) == std::vector{first, second});
  item.timers = {};
  item.timers_cancelled = {first.key};
  record(*journal, {item});
  CHECK(timers_of(journal, item.shard) == std::vector{second});
}

TEST_CASE("an item cancels timers, also one it sets anew and one that is not there") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = item_for(*journal, here, events(1));
  auto timer = timer_at(item, 60, 1);
  item.timers = {timer};
  record(*journal, {item});
  // Cancelling comes before setting: the new content stays.
  auto changed = timer;
  changed.content.json = "{\"again\":true}";
  item.timers = {changed};
  item.timers_cancelled = {timer.key, timer_at(item, 1, 9).key};
  record(*journal, {item});
  CHECK(timers_of(journal, item.shard) == std::vector{changed});
  item.timers = {};
  record(*journal, {item});
  CHECK(timers_of(journal, item.shard).empty());
  journal.reopen();
  CHECK(timers_of(journal, item.shard).empty());
}

TEST_CASE("timers and outbox entries belong to one shard") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto one = item_for(*journal, here, {});
  auto other = item_for(*journal, there, {});
  REQUIRE(one.shard != other.shard);
  one.timers = {timer_at(one, 60, 1)};
  one.outbox = {outbox_numbered(1)};
  other.timers = {timer_at(other, 50, 2)};
  other.outbox = {outbox_numbered(2)};
  record(*journal, {one, other});
  CHECK(timers_of(journal, one.shard) == one.timers);
  CHECK(timers_of(journal, other.shard) == other.timers);
  CHECK(must(journal->read_outbox(one.shard, all_of_them)) == one.outbox);
  CHECK(must(journal->read_outbox(other.shard, all_of_them)) == other.outbox);
  CHECK(timers_of(journal, shard_id(999)).empty());
  CHECK(must(journal->read_outbox(shard_id(999), all_of_them)).empty());
}

TEST_CASE("outbox entries are read in the order of their ids until they are settled") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = item_for(*journal, here, {});
  auto entries = std::vector{outbox_numbered(1), outbox_numbered(2), outbox_numbered(3)};
  item.outbox = {entries[2], entries[0], entries[1]};
  record(*journal, {item});
  journal.reopen();
  CHECK(must(journal->read_outbox(item.shard, all_of_them)) == entries);
  CHECK(must(journal->read_outbox(item.shard, 2)) == std::vector{entries[0], entries[1]});
  item.outbox = {};
  item.outbox_settled = {entries[1].id, id_numbered(99)};
  record(*journal, {item});
  CHECK(must(journal->read_outbox(item.shard, all_of_them)) == std::vector{entries[0], entries[2]});
}

TEST_CASE("timers are read in pages behind a timer, which need not be there any more") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = item_for(*journal, here, {});
  auto timers = std::vector{timer_at(item, -4'000'000'000, 3), timer_at(item, 5, 1), timer_at(item, 5, 2),
                            timer_at(item, 7, 1), timer_at(item, 9, 1)};
  item.timers = timers;
  auto other = item_for(*journal, there, {});
  other.timers = {timer_at(other, 6, 1)};
  record(*journal, {item, other});
  std::vector<timer_entry> read;
  for (std::optional<timer_key> after;;) {
    auto page = must(journal->read_timers(item.shard, after, time_at(7), 1));
    if (page.empty())
      break;
    read.push_back(page.front());
    after = page.front().key;
  }
  CHECK(read == std::vector(timers.begin(), timers.begin() + 4));
  item.timers = {};
  item.timers_cancelled = {timers[1].key};
  record(*journal, {item});
  CHECK(must(journal->read_timers(item.shard, timers[1].key, time_at(7), all_of_them)) ==
        std::vector{timers[2], timers[3]});
  CHECK(must(journal->read_timers(item.shard, timers[4].key, timestamp::max(), all_of_them)).empty());
  CHECK(must(journal->read_timers(item.shard, timers[3].key, time_at(6), all_of_them)).empty());
  CHECK(must(journal->read_timers(item.shard, timers[0].key, timestamp::max(), 0)).empty());
}

TEST_CASE("outbox entries are read in pages behind an entry, which need not be there any more") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = item_for(*journal, here, {});
  auto entries = std::vector{outbox_numbered(1), outbox_numbered(2), outbox_numbered(3), outbox_numbered(4)};
  item.outbox = entries;
  auto other = item_for(*journal, there, {});
  other.outbox = {outbox_numbered(5)};
  record(*journal, {item, other});
  auto page = must(journal->read_outbox(item.shard, std::nullopt, 2));
  CHECK(page == std::vector{entries[0], entries[1]});
  item.outbox = {};
  item.outbox_settled = {entries[0].id, entries[1].id};
  record(*journal, {item});
  CHECK(must(journal->read_outbox(item.shard, page.back().id, 1)) == std::vector{entries[2]});
  CHECK(must(journal->read_outbox(item.shard, entries[2].id, 2)) == std::vector{entries[3]});
  CHECK(must(journal->read_outbox(item.shard, entries[3].id, 2)).empty());
  CHECK(must(journal->read_outbox(item.shard, entries[2].id, 0)).empty());
}

TEST_CASE("a refused item neither cancels a timer nor settles an outbox entry") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto item = item_for(*journal, here, events(1));
  item.timers = {timer_at(item, 60, 1)};
  item.outbox = {outbox_numbered(1)};
  record(*journal, {item});
  auto refused_item = item_for(*journal, here, events(1, "b"), no_stream);
  refused_item.timers_cancelled = {item.timers.front().key};
  refused_item.outbox_settled = {item.outbox.front().id};
  CHECK(append_one(*journal, refused_item) == conflict(no_stream, 1));
  CHECK(timers_of(journal, item.shard) == item.timers);
  CHECK(must(journal->read_outbox(item.shard, all_of_them)) == item.outbox);
}

TEST_CASE("a later item of a batch takes back what an earlier one left") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto setting = item_for(*journal, here, events(1));
  setting.timers = {timer_at(setting, 60, 1)};
  setting.outbox = {outbox_numbered(1)};
  auto taking = item_for(*journal, here, {});
  taking.timers_cancelled = {setting.timers.front().key};
  taking.outbox_settled = {setting.outbox.front().id};
  record(*journal, {setting, taking});
  CHECK(timers_of(journal, setting.shard).empty());
  CHECK(must(journal->read_outbox(setting.shard, all_of_them)).empty());
}

} // namespace tusker::contract
