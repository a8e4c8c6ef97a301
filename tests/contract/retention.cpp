#include "engine.hpp"
#include "verdict_text.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

// What is gone is gone for readers, and keeps its place: positions and versions are never given again.

namespace tusker::contract {

using namespace sample;

namespace {

auto with_change(append_item item, retention_change change) -> append_item {
  item.retention = change;
  return item;
}

auto truncation(std::uint64_t version) -> truncate_events {
  return {stream_version(version)};
}

/// Versions of the events, in the order given.
auto versions_of(const std::vector<recorded_event>& events) -> std::vector<std::uint64_t> {
  std::vector<std::uint64_t> versions;
  versions.reserve(events.size());
  for (const auto& event : events)
    versions.push_back(event.version.value());
  return versions;
}

auto offsets_of(const std::vector<recorded_event>& events) -> std::vector<std::uint64_t> {
  std::vector<std::uint64_t> offsets;
  offsets.reserve(events.size());
  for (const auto& event : events)
    offsets.push_back(event.at.offset.value());
  return offsets;
}

auto slice_of(const journal& of, std::string_view stream) -> stream_slice {
  return must(of.read_stream(stream_named(stream), empty_stream, {}, read_direction::forward));
}

using numbers = std::vector<std::uint64_t>;

/// Two streams whose events take turns: order-1 has the odd offsets from 1 to 7, order-2 the even ones.
void write_two_streams(journal& to) {
  for (auto round = 0; round < 4; ++round)
    record(to, {item_for(to, "order-1", events(1, "a" + std::to_string(round))),
                item_for(to, "order-2", events(1, "b" + std::to_string(round)))});
}

} // namespace

TEST_CASE("truncated events are gone from both directions, the log and the filters, and keep their places") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  write_two_streams(*journal);
  record(*journal, {with_change(item_for(*journal, "order-1", {}, exact(4)), truncation(3))});
  journal.reopen();
  auto stream = stream_named("order-1");
  CHECK(versions_of(whole_stream(*journal, stream)) == numbers{3, 4});
  CHECK(versions_of(whole_stream(*journal, stream, {}, read_direction::backward)) == numbers{4, 3});
  CHECK(versions_of(whole_stream(*journal, stream, {1, 100}, read_direction::backward)) == numbers{4, 3});
  CHECK(offsets_of(whole_log(*journal)) == numbers{2, 4, 5, 6, 7, 8});
  CHECK(offsets_of(whole_log(*journal, {1, 100})) == numbers{2, 4, 5, 6, 7, 8});
  CHECK(offsets_of(whole_log(*journal, {}, {{}, {}, {shard_of(stream, journal->shards())}})) ==
        numbers{5, 7});
  CHECK(slice_of(*journal, "order-1").first == stream_version(3));
  CHECK(slice_of(*journal, "order-2").first == stream_version(1));
  CHECK(must(journal->stream_head(stream)) == stream_version(4));
  CHECK(must(journal->head(log_id(0))) == log_offset(8));
  CHECK(must(journal->info()).events == 8);
  CHECK(append_one(*journal, item_for(*journal, "order-1", events(1, "c"), exact(4))) == appended_at(5, 9));
  CHECK(must(journal->list_streams("", "", 1)).at(0) ==
        stream_summary{stream, stream_version(5), stream_version(3), stream_state::open});
}

TEST_CASE("a truncation stands, whatever truncations come later, and may leave nothing") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  write_two_streams(*journal);
  record(*journal, {with_change(item_for(*journal, "order-1", {}), truncation(3))});
  record(*journal, {with_change(item_for(*journal, "order-1", {}), truncation(1))});
  CHECK(versions_of(slice_of(*journal, "order-1").events) == numbers{3, 4});
  record(*journal, {with_change(item_for(*journal, "order-1", {}), truncation(99))});
  auto nothing = slice_of(*journal, "order-1");
  CHECK(nothing.events.empty());
  CHECK(nothing.first == stream_version(5));
  CHECK(nothing.head == stream_version(4));
  CHECK(offsets_of(whole_log(*journal)) == numbers{2, 4, 6, 8});
}

TEST_CASE("a truncation beyond the last event hides nothing that is appended later") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  write_two_streams(*journal);
  record(*journal, {with_change(item_for(*journal, "order-1", {}), truncation(99))});
  record(*journal, {item_for(*journal, "order-1", events(3, "later"), exact(4))});
  journal.reopen();
  CHECK(versions_of(slice_of(*journal, "order-1").events) == numbers{5, 6, 7});
  CHECK(offsets_of(whole_log(*journal)) == numbers{2, 4, 6, 8, 9, 10, 11});
}

TEST_CASE("a truncation takes its item's own events into account") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  record(*journal, {with_change(item_for(*journal, "order-1", events(3), no_stream), truncation(3))});
  CHECK(versions_of(slice_of(*journal, "order-1").events) == numbers{3});
}

TEST_CASE("a stream with a tombstone shows nothing, keeps its places and takes no event any more") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  write_two_streams(*journal);
  auto closing = as_command(item_for(*journal, "order-1", events(1, "closed"), exact(4)), 1);
  closing.snapshot = stored_snapshot{stream_version(5), time_at(1), {"Order", schema_version(1), "{}"}};
  record(*journal, {with_change(closing, tombstone_stream{})});
  journal.reopen();
  auto stream = stream_named("order-1");
  CHECK(slice_of(*journal, "order-1").events.empty());
  CHECK(slice_of(*journal, "order-1").first == stream_version(6));
  CHECK(whole_stream(*journal, stream, {}, read_direction::backward).empty());
  CHECK(offsets_of(whole_log(*journal)) == numbers{2, 4, 6, 8});
  CHECK_FALSE(must(journal->read_snapshot(stream)));
  CHECK(must(journal->list_streams("", "", 1)).at(0) ==
        stream_summary{stream, stream_version(5), stream_version(6), stream_state::tombstoned});
  for (const auto& expected : std::vector<expected_version>{any, no_stream, exact(5)})
    CHECK(refusal_code(append_one(*journal, item_for(*journal, "order-1", events(1, "x"), expected))) ==
          "stream_tombstoned");
  // A command that is sent again still gets its first result.
  CHECK(std::holds_alternative<duplicate_command>(
      append_one(*journal, with_change(closing, tombstone_stream{}))));
  CHECK(append_one(*journal, item_for(*journal, "order-2", events(1, "y"))) == appended_at(5, 10));
}

TEST_CASE(
    "what is still to be done for a stream with a tombstone can be taken back, and nothing can be added") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto first = item_for(*journal, "order-1", events(1));
  first.timers = {timer_at(first, 5, 1)};
  first.outbox = {outbox_numbered(1)};
  record(*journal, {first, with_change(item_for(*journal, "order-1", {}), tombstone_stream{})});
  auto adding = item_for(*journal, "order-1", {});
  adding.timers = {timer_at(first, 6, 2)};
  CHECK(refusal_code(append_one(*journal, adding)) == "stream_tombstoned");
  for (const auto& nothing :
       {item_for(*journal, "order-1", {}), as_command(item_for(*journal, "order-1", {}), 2),
        as_rejection(as_command(item_for(*journal, "order-1", {}), 3), "No")})
    CHECK(refusal_code(append_one(*journal, nothing)) == "stream_tombstoned");
  auto clearing = as_command(item_for(*journal, "order-1", {}), 1);
  clearing.timers_cancelled = {first.timers[0].key};
  clearing.outbox_settled = {first.outbox[0].id};
  record(*journal, {clearing});
  journal.reopen();
  CHECK(must(journal->read_timers(first.shard, timestamp::max(), 10)).empty());
  CHECK(must(journal->read_outbox(first.shard, 10)).empty());
  CHECK(slice_of(*journal, "order-1").first == stream_version(2));
  CHECK(faults_of_journal(*journal) == no_faults);
}

TEST_CASE("a tombstone closes its stream for the later items of its batch") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto verdicts =
      append_all(*journal, {with_change(item_for(*journal, "order-1", events(1)), tombstone_stream{}),
                            item_for(*journal, "order-1", events(1, "b")),
                            item_for(*journal, "order-2", events(1, "c"))});
  CHECK(verdicts.at(0) == appended_at(1, 1));
  CHECK(refusal_code(verdicts.at(1)) == "stream_tombstoned");
  CHECK(verdicts.at(2) == appended_at(1, 2));
}

TEST_CASE("a stream without events cannot be truncated or closed") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  for (const auto& change : {retention_change(truncation(1)), retention_change(tombstone_stream{})})
    CHECK(refusal_code(append_one(*journal, with_change(item_for(*journal, "order-1", {}), change))) ==
          "invalid_item");
}

TEST_CASE("a refused item truncates nothing") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  write_two_streams(*journal);
  auto change = GENERATE(retention_change(truncation(3)), retention_change(tombstone_stream{}));
  CHECK(append_one(*journal, with_change(item_for(*journal, "order-1", {}, exact(3)), change)) ==
        conflict(exact(3), 4));
  CHECK(faults_of_journal(*journal) == no_faults);
}

} // namespace tusker::contract
