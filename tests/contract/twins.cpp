#include "engine.hpp"
#include "verdict_text.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <random>

// Engines are twins: the same appends, drawn at random, get the same verdicts and leave the same journal.

namespace tusker::contract {

namespace {

using namespace sample;

/// Draws items that are sometimes right and sometimes wrong in each of the ways there are.
constexpr std::size_t streams = 6;

class item_lottery {
public:
  explicit item_lottery(std::uint32_t seed) : random_(seed) {}

  auto draw(std::size_t below) -> std::size_t { return random_() % below; }

  auto item(const journal& journal) -> append_item {
    auto stream = "order-" + std::to_string(draw(streams));
    auto item = item_for(journal, stream, events(draw(4), std::to_string(++drawn_)), expected());
    if (draw(2) == 0)
      item = as_command(item, draw(40), draw(10) == 0 ? "something else" : "do it");
    if (draw(8) == 0)
      item = as_rejection(item, "No");
    if (draw(20) == 0)
      item.shard_epoch = epoch(1);
    if (draw(20) == 0)
      item.shard = shard_id(5);
    for (auto count = draw(3); count > 0; --count) {
      item.timers.push_back(timer_at(item, static_cast<std::int64_t>(draw(9)), draw(5)));
      item.timers_cancelled.push_back(timer_at(item, static_cast<std::int64_t>(draw(9)), draw(5)).key);
      item.outbox.push_back(outbox_numbered(draw(9)));
      item.outbox_settled.push_back(outbox_numbered(draw(9)).id);
      item.notes.push_back(note_under(note_key(), std::to_string(drawn_)));
      item.notes_removed.push_back(note_key());
    }
    change_stream(item);
    return item;
  }

private:
  void change_stream(append_item& item) {
    auto version = stream_version(draw(5));
    if (draw(3) == 0)
      item.snapshot =
          stored_snapshot{version, time_at(1), {"Order", schema_version(1), std::to_string(drawn_)}};
    if (draw(12) == 0)
      item.snapshot = drop_snapshot{};
    if (draw(10) == 0)
      item.retention = truncate_events{version};
    if (draw(60) == 0)
      item.retention = tombstone_stream{};
  }

  /// Short keys of few bytes, so that one begins like another and is met again.
  auto note_key() -> std::string {
    constexpr std::string_view bytes{"\0a\xff", 3};
    std::string key(1 + draw(3), '\0');
    for (auto& byte : key)
      byte = bytes.at(draw(bytes.size()));
    return key;
  }

  auto expected() -> expected_version {
    switch (draw(6)) {
    case 0:
      return no_stream;
    case 1:
      return stream_exists;
    case 2:
      return exact(draw(8));
    default:
      return any;
    }
  }

  std::mt19937 random_;
  std::uint64_t drawn_ = 0;
};

auto shards_of_two() -> journal_options {
  auto options = journal_options();
  options.shards = shard_count(2);
  // The smallest cache there is, so that heads are also looked up again.
  options.stream_cache_entries = 1;
  return options;
}

void compare(const journal& one, const journal& other) {
  CHECK(whole_log(one) == whole_log(other));
  CHECK(all_streams(one) == all_streams(other));
  CHECK(must(one.shard_owners()) == must(other.shard_owners()));
  for (std::uint16_t shard = 0; shard < 2; ++shard) {
    CHECK(must(one.read_timers(shard_id(shard), timestamp::max(), 1'000)) ==
          must(other.read_timers(shard_id(shard), timestamp::max(), 1'000)));
    CHECK(must(one.read_outbox(shard_id(shard), 1'000)) == must(other.read_outbox(shard_id(shard), 1'000)));
  }
  for (std::size_t number = 0; number < streams; ++number) {
    auto owner = stream_named("order-" + std::to_string(number));
    for (const auto& range : {note_range{}, {"a", ""}, {"", "a"}, {"a", "aa"}, {"\xff", "\xff"}})
      CHECK(must(one.read_notes(owner, range, 1'000)) == must(other.read_notes(owner, range, 1'000)));
  }
  for (const auto& entry : all_streams(one)) {
    CHECK(must(one.read_snapshot(entry.stream)) == must(other.read_snapshot(entry.stream)));
    CHECK(whole_stream(one, entry.stream) == whole_stream(other, entry.stream));
    CHECK(whole_stream(one, entry.stream, {2, 1'000}, read_direction::backward) ==
          whole_stream(other, entry.stream, {2, 1'000}, read_direction::backward));
    for (std::uint64_t number = 0; number < 40; ++number)
      CHECK(must(one.find_receipt(entry.stream, command_numbered(number))) ==
            must(other.find_receipt(entry.stream, command_numbered(number))));
  }
}

} // namespace

TEST_CASE("the same appends get the same verdicts and leave the same journal in every engine") {
  auto seed = GENERATE(range(1U, 9U));
  auto model = journal_under_test(engines().front(), shards_of_two());
  auto twin = journal_under_test(GENERATE(from_range(persistent_engines())), shards_of_two());
  item_lottery lottery(seed);
  for (int round = 0; round < 25; ++round) {
    std::vector<append_item> batch;
    for (auto count = lottery.draw(6); count > 0; --count)
      batch.push_back(lottery.item(*model));
    CHECK(append_all(*twin, batch) == append_all(*model, batch));
    if (lottery.draw(10) == 0)
      twin.reopen();
  }
  compare(*twin, *model);
}

} // namespace tusker::contract
