#include "golden.hpp"

#include <tusker/persistence/commit_log_lag.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker/persistence/verify_child.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_report.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

// A journal whose writer was killed, with a commit log of which LMDB has the first half only, lies in tests/golden.
// Today's code must find in both together what it would write itself, whichever way it opens it. To write another, for
// a new format of the log: TUSKER_WRITE_GOLDEN=folder contract_tests "write the golden journal with a commit log".

namespace tusker::contract {

using namespace sample;

namespace {

const auto golden = std::filesystem::path(TUSKER_GOLDEN_DIR) / "format_1_logged";

auto logged_options(const std::filesystem::path& folder) -> journal_options {
  auto options = golden_options(folder);
  options.commits = commit_way::logged;
  // The smallest, whose segments are small files.
  options.commit_log_bytes = std::uint64_t{64} << 10U;
  // So that a journal's log stays ahead of LMDB until it is closed.
  options.apply_after = std::chrono::seconds(10);
  return options;
}

/// An item whose receipt is not too old beside the last one of `write_golden`.
auto late_item(const journal& of, std::string_view stream, std::vector<event_data> happened,
               std::uint64_t number) -> append_item {
  auto item = as_command(item_for(of, stream, std::move(happened)), number);
  item.shard_epoch = epoch(1);
  item.time = time_at(static_cast<std::int64_t>(number));
  return item;
}

/// Rows of each table, put over such as LMDB has, and new ones.
void write_first_part(journal& to) {
  auto first = late_item(to, "order-1", events(2, "logged"), 7'201);
  first.timers = {timer_at(first, 90, 3), timer_at(first, 91, 4)};
  first.outbox = {outbox_numbered(2), outbox_numbered(3)};
  first.notes = {note_under("a"), note_under("b")};
  first.snapshot = stored_snapshot{stream_version(5), time_at(4), {"Order", schema_version(4), R"({"n":5})"}};
  record(to, {first, late_item(to, "order-9", {event_of("LaterType", R"({"n":1})")}, 7'201)});
  // Larger than a segment: it gets a longer one of its own.
  record(to, {late_item(to, "order-8", {event_of("Noise", noise(9'000, 2))}, 7'201)});
  auto cut = late_item(to, "order-9", events(2, "cut"), 7'202);
  cut.retention = truncate_events{stream_version(2)};
  record(to, {cut, as_rejection(late_item(to, "order-8", {}, 7'202), "TooLate")});
}

/// Rows that go: of LMDB, of the part before, and of this one.
void write_second_part(journal& to) {
  auto item = late_item(to, "order-1", events(1, "second"), 7'203);
  item.fires = timer_at(item, 60, 2);
  item.timers_cancelled = {timer_at(item, 90, 3).key};
  item.timers = {timer_at(item, 92, 5)};
  item.outbox_settled = {outbox_numbered(1).id, outbox_numbered(2).id};
  item.notes = {note_under("b", R"({"n":2})"), note_under("c")};
  item.notes_removed = {"a"};
  record(to, {item});
  auto closed = late_item(to, "payment-3", events(1, "closed"), 7'203);
  closed.retention = tombstone_stream{};
  record(to, {closed});
  // Of a timer that was set and taken back nothing is left.
  auto taken_back = late_item(to, "order-1", {}, 7'204);
  taken_back.timers_cancelled = {timer_at(item, 92, 5).key};
  record(to, {taken_back});
}

/// Opens the journal and leaves it as a killed process does.
void write_and_die(const std::filesystem::path& folder, void (*write)(journal&)) {
  auto report = tusker_test::report_of_child([&](const auto&) {
    auto journal = must(open_lmdb_journal(logged_options(folder)));
    write(*journal);
    ::raise(SIGKILL);
  });
  INFO(report.text);
  REQUIRE(report.exit_code == -SIGKILL);
}

/// A copy that a test may write to, and what it must show.
struct golden_copy {
  golden_copy() {
    std::filesystem::copy(golden, old, std::filesystem::copy_options::recursive);
    auto options = golden_options(folder.path() / "new");
    options.commits = commit_way::direct;
    today = must(open_lmdb_journal(options));
    write_golden(*today);
    write_first_part(*today);
    write_second_part(*today);
  }

  tusker_test::temporary_folder folder;
  std::filesystem::path old = folder.path() / "old";
  std::unique_ptr<journal> today;
};

/// Changes a byte of the first batch that LMDB does not have, if this segment holds it.
auto spoil_first_batch(const std::filesystem::path& segment) -> bool {
  std::fstream file(segment, std::ios::binary | std::ios::in | std::ios::out);
  const auto bytes = std::string(std::istreambuf_iterator<char>(file), {});
  auto at = bytes.find(R"("mark":"logged")");
  if (at == std::string::npos)
    return false;
  file.clear();
  file.seekp(static_cast<std::streamoff>(at));
  file.put('?');
  return true;
}

} // namespace

TEST_CASE("a commit log of format 1 that is ahead of LMDB is shown by today's code, however it is opened") {
  golden_copy copy;
  // Else the log would have nothing to show.
  CHECK(must(measure_log_lag(copy.old)).batches == 6);
  CHECK(must(verify_in_child({copy.old})).is_clean());
  auto options = logged_options(copy.old);
  SECTION("read only") {
    options.mode = open_mode::read_only;
    compare_golden(*must(open_lmdb_journal(options)), *copy.today);
    CHECK(must(measure_log_lag(copy.old)).batches == 6);
  }
  SECTION("logged") {
    compare_golden(*must(open_lmdb_journal(options)), *copy.today);
  }
  SECTION("direct") {
    options.commits = commit_way::direct;
    compare_golden(*must(open_lmdb_journal(options)), *copy.today);
    CHECK(must(measure_log_lag(copy.old)).batches == 0);
  }
  CHECK(must(verify_in_child({copy.old})).is_clean());
  auto old = must(open_lmdb_journal(options));
  compare_golden(*old, *copy.today);
  if (options.mode != open_mode::read_only)
    record(*old, {late_item(*old, "order-1", events(1, "today"), 7'205)});
}

TEST_CASE(
    "control: the golden journal shows less without its commit log, and is refused with a damaged one") {
  golden_copy copy;
  std::vector<std::filesystem::path> segments;
  for (const auto& entry : std::filesystem::directory_iterator(copy.old))
    if (entry.path().filename().string().starts_with("log."))
      segments.push_back(entry.path());
  SECTION("without") {
    for (const auto& segment : segments)
      std::filesystem::remove(segment);
    auto old = must(open_lmdb_journal(logged_options(copy.old)));
    CHECK(must(old->info()).events < must(copy.today->info()).events);
  }
  SECTION("damaged") {
    auto damaged = 0;
    for (const auto& segment : segments)
      damaged += spoil_first_batch(segment) ? 1 : 0;
    REQUIRE(damaged == 1);
    auto options = logged_options(copy.old);
    options.mode = GENERATE(open_mode::read_only, open_mode::open_existing);
    auto opened = open_lmdb_journal(options);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code() == journal_errc::corrupt);
  }
}

TEST_CASE("write the golden journal with a commit log", "[.]") {
  const auto* told = std::getenv("TUSKER_WRITE_GOLDEN");
  if (told == nullptr)
    return;
  auto folder = std::filesystem::path(told);
  write_golden(*must(open_lmdb_journal(logged_options(folder))));
  // The second recovers what the first has left, and neither brings it to LMDB.
  write_and_die(folder, write_first_part);
  write_and_die(folder, write_second_part);
  for (const auto* file : {"lock.mdb", "owner", "alarm"})
    std::filesystem::remove(folder / file);
}

} // namespace tusker::contract
