#include <tusker/persistence/stream_steps.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/sample_journal.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

namespace tusker {

using namespace sample;

namespace {

struct one_journal {
  tusker_test::temporary_folder folder;
  std::unique_ptr<tusker::journal> journal = must(open_lmdb_journal(options_in(folder.path())));
  std::uint64_t steps = 0;

  /// Takes the step under an id of its own, if none is given.
  template <class Change>
  auto take(const stream_id& stream, const Change& change, const expected_version& expected = any,
            std::optional<command_id> under = std::nullopt) -> result<stream_step_outcome> {
    return take_step(*journal, {stream, change, expected, under.value_or(command_numbered(++steps))},
                     time_at(1));
  }
};

auto event_with(std::string type, std::string json) -> put_event {
  return {event_of(std::move(type), std::move(json)).content, {}};
}

} // namespace

TEST_CASE("an event that is appended by hand stands behind the others, under whoever owns the shard") {
  one_journal given;
  auto stream = stream_named("order-1");
  auto shard = shard_of(stream, given.journal->shards());
  auto claims = std::vector<shard_claim>{{shard, epoch(0)}};
  REQUIRE(given.journal->claim(claims, "anna"));
  auto first = must(given.take(stream, event_with("A", "1"), no_stream));
  CHECK(first.version == stream_version(1));
  CHECK(must(given.take(stream, event_with("A", "2"), exact(1))).version == stream_version(2));
  auto conflict = given.take(stream, event_with("A", "3"), exact(1));
  REQUIRE_FALSE(conflict);
  CHECK(conflict.error().code() == journal_errc::version_conflict);
  CHECK(conflict.error().message() == "the stream 'order-1' has version 2, expected was 1");
}

TEST_CASE("an event that is appended by hand under a command id is there once, and the id is no other's") {
  one_journal given;
  auto stream = stream_named("order-1");
  auto id = command_id(*parse_uuid("0198c5e0-0000-4000-8000-00000000beef"));
  auto first = must(given.take(stream, event_with("A", "1"), exact(0), id));
  auto again = must(given.take(stream, event_with("A", "1"), exact(0), id));
  CHECK(again.version == first.version);
  CHECK(again.at == first.at);
  CHECK(must(given.journal->stream_head(stream)) == stream_version(1));
  for (const auto& other : {event_with("A", "2"), event_with("B", "1")})
    CHECK(given.take(stream, other, any, id).error().code() == journal_errc::command_id_reused);
}

TEST_CASE("a truncation takes what its plan says") {
  one_journal given;
  auto stream = stream_named("order-1");
  record(*given.journal, {item_for(*given.journal, "order-1", events(5))});
  CHECK(must(plan_truncation(*given.journal, stream, stream_version(4))).events == 3);
  REQUIRE(given.take(stream, truncate_events{stream_version(4)}));
  auto after = must(plan_truncation(*given.journal, stream, stream_version(4)));
  CHECK(after.events == 0);
  CHECK(after.first == stream_version(4));
  CHECK(must(plan_truncation(*given.journal, stream, stream_version(6))).events == 2);
  CHECK(plan_truncation(*given.journal, stream, stream_version(7)).error().code() ==
        journal_errc::invalid_item);
  CHECK(plan_truncation(*given.journal, stream_named("order-2"), stream_version(1)).error().code() ==
        journal_errc::not_found);
}

TEST_CASE("a tombstone takes all, once, and a stream that is truncated to its end can still get one") {
  one_journal given;
  for (const auto* name : {"order-1", "order-10", "order-2", "order-1/z"})
    record(*given.journal, {item_for(*given.journal, name, events(5))});
  auto stream = stream_named("order-10");
  REQUIRE(given.take(stream, truncate_events{stream_version(6)}));
  CHECK(must(plan_tombstone(*given.journal, stream)).events == 0);
  auto other = stream_named("order-2");
  CHECK(must(plan_tombstone(*given.journal, other)).events == 5);
  for (const auto& each : {stream, other}) {
    REQUIRE(given.take(each, tombstone_stream{}));
    CHECK(plan_tombstone(*given.journal, each).error().code() == journal_errc::stream_tombstoned);
    CHECK(plan_truncation(*given.journal, each, stream_version(2)).error().code() ==
          journal_errc::stream_tombstoned);
    CHECK(given.take(each, event_with("A", "1"), any).error().code() == journal_errc::stream_tombstoned);
  }
}

} // namespace tusker
