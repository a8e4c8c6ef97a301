#include "engine.hpp"
#include "verdict_text.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

namespace tusker::contract {

using namespace sample;

namespace {

auto snapshot_of(std::uint64_t version, std::string json = R"({"total":3})") -> stored_snapshot {
  return {stream_version(version), time_at(9), {"Order", schema_version(4), std::move(json)}};
}

auto stored(const journal& of, std::string_view stream) -> std::optional<stored_snapshot> {
  return must(of.read_snapshot(stream_named(stream)));
}

auto with_snapshot(append_item item, snapshot_change change) -> append_item {
  item.snapshot = std::move(change);
  return item;
}

} // namespace

TEST_CASE("a snapshot commits with its item, and the last one counts") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  CHECK_FALSE(stored(*journal, "order-1"));
  record(*journal, {with_snapshot(item_for(*journal, "order-1", events(3)), snapshot_of(3)),
                    item_for(*journal, "order-2", events(1, "other"))});
  CHECK(stored(*journal, "order-1") == snapshot_of(3));
  CHECK_FALSE(stored(*journal, "order-2"));
  record(*journal, {with_snapshot(item_for(*journal, "order-1", {}, exact(3)), snapshot_of(2, "{}"))});
  journal.reopen();
  CHECK(stored(*journal, "order-1") == snapshot_of(2, "{}"));
  record(*journal, {with_snapshot(item_for(*journal, "order-1", events(1, "more")), keep_snapshot{})});
  CHECK(stored(*journal, "order-1") == snapshot_of(2, "{}"));
  record(*journal, {with_snapshot(item_for(*journal, "order-1", {}), drop_snapshot{})});
  journal.reopen();
  CHECK_FALSE(stored(*journal, "order-1"));
  CHECK(faults_of_journal(*journal) == no_faults);
}

TEST_CASE("a snapshot of a refused item is not stored") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  record(*journal, {item_for(*journal, "order-1", events(2))});
  auto late = with_snapshot(item_for(*journal, "order-1", events(1, "b"), exact(1)), snapshot_of(2));
  CHECK(append_one(*journal, late) == conflict(exact(1), 2));
  CHECK_FALSE(stored(*journal, "order-1"));
}

TEST_CASE("a snapshot of a version that the stream does not have is invalid") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  record(*journal, {item_for(*journal, "order-1", events(2))});
  auto refused_with = [&](std::string_view stream, std::vector<event_data> happened, std::uint64_t version) {
    return refusal_code(append_one(
        *journal, with_snapshot(item_for(*journal, stream, std::move(happened)), snapshot_of(version))));
  };
  CHECK(refused_with("order-1", {}, 3) == "invalid_item");
  CHECK(refused_with("order-1", {}, 0) == "invalid_item");
  CHECK(refused_with("order-1", events(1, "b"), 4) == "invalid_item");
  CHECK(refused_with("order-9", {}, 1) == "invalid_item");
  CHECK(append_one(*journal, with_snapshot(item_for(*journal, "order-1", events(1, "b")), snapshot_of(3))) ==
        appended_at(3, 3));
}

TEST_CASE("a snapshot that stands in for truncated events is neither dropped nor replaced by an older one") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto cut = with_snapshot(item_for(*journal, "order-1", events(5)), snapshot_of(4));
  cut.retention = truncate_events{stream_version(4)};
  record(*journal, {cut});
  if (GENERATE(false, true))
    journal.reopen();
  auto verdict_on = [&](snapshot_change change, retention_change retention = keep_events{}) {
    auto item = with_snapshot(item_for(*journal, "order-1", {}), std::move(change));
    item.retention = retention;
    return append_one(*journal, item);
  };
  CHECK(refusal_code(verdict_on(drop_snapshot{})) == "invalid_item");
  CHECK(refusal_code(verdict_on(snapshot_of(2))) == "invalid_item");
  CHECK(refusal_code(verdict_on(snapshot_of(3), truncate_events{stream_version(5)})) == "invalid_item");
  CHECK(stored(*journal, "order-1") == snapshot_of(4));
  // The last event that is gone is the snapshot's own, at least.
  CHECK(verdict_on(snapshot_of(3)) == appended_at(5, 5));
  CHECK(refusal_code(verdict_on(keep_snapshot{}, truncate_events{stream_version(5)})) == "invalid_item");
  CHECK(verdict_on(snapshot_of(5), truncate_events{stream_version(99)}) == appended_at(5, 5));
  CHECK(verdict_on(drop_snapshot{}, tombstone_stream{}) == appended_at(5, 5));
  CHECK_FALSE(stored(*journal, "order-1"));
}

TEST_CASE("a stream without a snapshot may be truncated, and then has none to drop") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  auto cut = item_for(*journal, "order-1", events(5));
  cut.retention = truncate_events{stream_version(4)};
  record(*journal, {cut, with_snapshot(item_for(*journal, "order-1", {}), drop_snapshot{})});
  auto earlier = with_snapshot(item_for(*journal, "order-2", events(5, "b")), snapshot_of(2));
  auto later = item_for(*journal, "order-2", {});
  later.retention = truncate_events{stream_version(4)};
  // The snapshot of an earlier item of the batch counts.
  auto verdicts = append_all(*journal, {earlier, later});
  CHECK(refusal_code(verdicts.at(1)) == "invalid_item");
  later.retention = truncate_events{stream_version(3)};
  record(*journal, {later});
}

TEST_CASE("a recovery begins with the snapshot and the events behind it") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  record(*journal, {item_for(*journal, "order-1", events(2)),
                    with_snapshot(item_for(*journal, "order-2", events(5, "b")), snapshot_of(3))});
  if (GENERATE(false, true))
    journal.reopen();
  auto start_of = [&](std::string_view stream, std::size_t events_max) {
    auto start = must(journal->read_start(stream_named(stream), {events_max}));
    CHECK_FALSE(start.is_snapshot_damaged);
    return start;
  };
  auto unknown = start_of("order-9", 10);
  CHECK_FALSE(unknown.snapshot);
  CHECK(unknown.slice.events.empty());
  CHECK_FALSE(unknown.slice.next);

  auto without = start_of("order-1", 10);
  CHECK_FALSE(without.snapshot);
  auto whole = must(journal->read_stream(stream_named("order-1"), empty_stream, {}, read_direction::forward));
  CHECK(without.slice.events == whole.events);
  CHECK(without.slice.head == stream_version(2));

  auto with = start_of("order-2", 1);
  CHECK(with.snapshot == snapshot_of(3));
  REQUIRE(with.slice.events.size() == 1);
  CHECK(with.slice.events.front().version == stream_version(4));
  CHECK(with.slice.next == stream_version(5));
}

TEST_CASE("a snapshot is of any size up to the limit of an event") {
  auto options = journal_options();
  options.limits.event_bytes_max = 100'000;
  auto journal = journal_under_test(GENERATE(from_range(engines())), options);
  auto content = GENERATE(std::string(), std::string(99'990, 'x'), noise(99'990), noise(3'000));
  record(*journal, {with_snapshot(item_for(*journal, "order-1", events(1)), snapshot_of(1, content))});
  journal.reopen();
  CHECK(stored(*journal, "order-1") == snapshot_of(1, content));
  auto large = with_snapshot(item_for(*journal, "order-1", {}), snapshot_of(1, std::string(100'000, 'x')));
  CHECK(refusal_code(append_one(*journal, large)) == "too_large");
}

} // namespace tusker::contract
