#include "golden.hpp"

#include "engine.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker/persistence/verify_child.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

// A journal that was written when format 1 was pinned lies in tests/golden. Today's code must open it and find in it
// what it would write itself. To write another, for a new format:
// TUSKER_WRITE_GOLDEN=folder contract_tests "write the golden journal".

namespace tusker::contract {

using namespace sample;

namespace {

const auto golden = std::filesystem::path(TUSKER_GOLDEN_DIR) / "format_1";

auto full_item(const journal& of) -> append_item {
  auto item = as_command(item_for(of, "order-1", events(3, "full"), no_stream), 1);
  item.shard_epoch = epoch(1);
  item.events[0].meta = {"customer-1", id_numbered(1), id_numbered(2), "00-trace-01", {{"tenant", "north"}}};
  item.events[1].content.version = schema_version(9);
  item.timers = {timer_at(item, -5'000'000'000, 1), timer_at(item, 60, 2)};
  item.outbox = {outbox_numbered(1)};
  item.snapshot = stored_snapshot{stream_version(2), time_at(2), {"Order", schema_version(4), R"({"n":2})"}};
  return item;
}

} // namespace

auto golden_options(const std::filesystem::path& folder) -> journal_options {
  auto options = journal_options();
  options.directory = folder;
  options.shards = shard_count(4);
  options.receipts_kept = std::chrono::hours(1);
  return options;
}

void write_golden(journal& to) {
  auto claims = std::vector<shard_claim>();
  for (std::uint16_t shard = 0; shard < 4; ++shard)
    claims.push_back({shard_id(shard), epoch(0)});
  REQUIRE(must(to.claim(claims, "anna")).size() == 4);
  auto add = [&](append_item item) {
    item.shard_epoch = epoch(1);
    record(to, {item});
  };
  add(full_item(to));
  add(as_rejection(as_command(item_for(to, "order-1", {}), 2), "AlreadyPlaced"));
  add(item_for(to, "order-" + std::string(800, 'k'), {event_of("Large", std::string(9'000, 'l'))}));
  add(item_for(to, "parcel-1", {event_of("Noise", noise(3'000)), event_of("Empty", "")}));
  auto truncated = item_for(to, "payment-1", events(4, "cut"));
  truncated.retention = truncate_events{stream_version(3)};
  add(truncated);
  auto closed = item_for(to, "payment-2", events(1, "closed"));
  closed.retention = tombstone_stream{};
  add(closed);
  auto packed = item_for(to, "payment-3", events(1, "packed"));
  packed.snapshot =
      stored_snapshot{stream_version(1), time_at(3), {"Payment", schema_version(1), std::string(5'000, 's')}};
  add(packed);
  // Two hours later the first receipts of the stream's shard are past their time.
  auto late = as_command(item_for(to, "order-1", events(1, "late"), exact(3)), 7'200);
  late.time = time_at(7'200);
  add(late);
}

void compare_golden(const journal& one, const journal& other) {
  CHECK(whole_log(one) == whole_log(other));
  CHECK(all_streams(one) == all_streams(other));
  CHECK(must(one.shard_owners()) == must(other.shard_owners()));
  for (std::uint16_t shard = 0; shard < 4; ++shard) {
    CHECK(must(one.read_timers(shard_id(shard), timestamp::max(), 9)) ==
          must(other.read_timers(shard_id(shard), timestamp::max(), 9)));
    CHECK(must(one.read_outbox(shard_id(shard), 9)) == must(other.read_outbox(shard_id(shard), 9)));
  }
  for (const auto& entry : all_streams(one)) {
    CHECK(must(one.read_snapshot(entry.stream)) == must(other.read_snapshot(entry.stream)));
    CHECK(must(one.read_notes(entry.stream, {}, 9)) == must(other.read_notes(entry.stream, {}, 9)));
    for (std::uint64_t number : {1U, 2U, 7'200U, 7'201U, 7'202U, 7'203U, 7'204U})
      CHECK(must(one.find_receipt(entry.stream, command_numbered(number))) ==
            must(other.find_receipt(entry.stream, command_numbered(number))));
  }
}

namespace {

auto bytes_of(const std::filesystem::path& file) -> std::string {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

TEST_CASE("a journal of format 1 is opened by today's code, which would write the same, and goes on") {
  tusker_test::temporary_folder folder;
  std::filesystem::copy(golden, folder.path() / "old", std::filesystem::copy_options::recursive);
  auto old = must(open_lmdb_journal(golden_options(folder.path() / "old")));
  auto today = must(open_lmdb_journal(golden_options(folder.path() / "new")));
  write_golden(*today);
  CHECK(must(old->info()).id != must(today->info()).id);
  CHECK(must(old->info()).events == must(today->info()).events);
  CHECK_FALSE(must(old->find_receipt(stream_named("order-1"), command_numbered(1))));
  compare_golden(*old, *today);
  auto item = item_for(*old, "order-1", events(1, "today"), exact(4));
  item.shard_epoch = epoch(1);
  record(*old, {item});
}

TEST_CASE("a journal that is older than notes has none for readers, and takes them when it is written") {
  tusker_test::temporary_folder folder;
  std::filesystem::copy(golden, folder.path() / "old", std::filesystem::copy_options::recursive);
  auto options = golden_options(folder.path() / "old");
  auto owner = stream_named("order-1");
  auto data = [&] { return bytes_of(options.directory / "data.mdb"); };
  auto before = data();
  auto reading = options;
  reading.mode = open_mode::read_only;
  {
    auto old = must(open_lmdb_journal(reading));
    CHECK(must(old->read_notes(owner, {}, 9)).empty());
    CHECK_FALSE(must(old->find_note(owner, "a")));
  }
  CHECK(must(verify_in_child({options.directory})).is_clean());
  CHECK(data() == before);
  {
    auto old = must(open_lmdb_journal(options));
    CHECK(must(old->read_notes(owner, {}, 9)).empty());
    auto item = item_for(*old, "order-1", {});
    item.shard_epoch = epoch(1);
    item.notes = {note_under("a")};
    record(*old, {item});
  }
  CHECK(must(verify_in_child({options.directory})).is_clean());
  auto read = must(open_lmdb_journal(reading));
  CHECK(must(read->find_note(owner, "a")) == note_under("a"));
}

TEST_CASE("write the golden journal", "[.]") {
  const auto* told = std::getenv("TUSKER_WRITE_GOLDEN");
  if (told == nullptr)
    return;
  auto folder = std::filesystem::path(told);
  auto journal = must(open_lmdb_journal(golden_options(folder)));
  write_golden(*journal);
  journal.reset();
  for (const auto* file : {"lock.mdb", "owner"})
    std::filesystem::remove(folder / file);
}

} // namespace tusker::contract
