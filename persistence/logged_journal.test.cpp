#include <tusker/persistence/lmdb_journal.hpp>

#include <tusker/persistence/commit_log.hpp>
#include <tusker/persistence/commit_log_batch.hpp>
#include <tusker/persistence/commit_log_lag.hpp>
#include <tusker/persistence/commit_log_reader.hpp>
#include <tusker/persistence/journal_backup.hpp>
#include <tusker/persistence/journal_compaction.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_identity.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker/persistence/verify_child.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_report.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <chrono>
#include <fstream>
#include <string>
#include <unistd.h>
#include <utility>

// What a journal with a commit log does that one without it need not. That it is a journal the contract's tests say.

namespace tusker {

using namespace sample;
using tusker_test::temporary_folder;

namespace {

namespace fs = std::filesystem;

/// A journal whose commits stay in the log until there is no room for them.
auto options_in(const fs::path& folder, commit_way commits = commit_way::logged) -> journal_options {
  journal_options options;
  options.directory = folder / "journal";
  options.commits = commits;
  options.apply_after = std::chrono::milliseconds(10'000);
  return options;
}

void append_order(journal& to, int number) {
  record(to, {as_command(item_for(to, "order-" + std::to_string(number), events(2, std::to_string(number))),
                         static_cast<std::uint64_t>(number))});
}

/// Runs it in a process that ends without closing anything: what is not applied stays in the log.
template <class Body>
void die_after(const Body& body) {
  auto report = tusker_test::report_of_child([&](const auto& parent) {
    body();
    parent.tell("done");
    ::_exit(0);
  });
  REQUIRE(report.text == "done");
}

void leave_in_log(const fs::path& folder, int orders) {
  die_after([&] {
    auto journal = must(open_lmdb_journal(options_in(folder))).release();
    for (auto number = 1; number <= orders; ++number)
      append_order(*journal, number);
  });
}

auto head_of(const journal_options& options) -> log_offset {
  return must(must(open_lmdb_journal(options))->head(log_id(0)));
}

auto reading(journal_options options) -> journal_options {
  options.mode = open_mode::read_only;
  return options;
}

auto faults_in(const fs::path& journal) -> std::vector<verify_fault> {
  return must(verify_in_child({journal})).faults;
}

} // namespace

TEST_CASE("a journal is opened either way, whichever it was closed or left with") {
  temporary_folder folder;
  auto first = GENERATE(commit_way::direct, commit_way::logged);
  auto second = GENERATE(commit_way::direct, commit_way::logged);
  die_after([&] {
    auto journal = must(open_lmdb_journal(options_in(folder.path(), first))).release();
    append_order(*journal, 1);
  });
  {
    auto journal = must(open_lmdb_journal(options_in(folder.path(), second)));
    CHECK(must(journal->head(log_id(0))) == log_offset(2));
    append_order(*journal, 2);
  }
  auto journal = must(open_lmdb_journal(options_in(folder.path(), first)));
  CHECK(must(journal->head(log_id(0))) == log_offset(4));
  CHECK(must(journal->find_outcome(stream_named("order-1"), command_numbered(1))));
  append_order(*journal, 3);
  journal.reset();
  CHECK(faults_in(folder.path() / "journal").empty());
}

TEST_CASE("what the tables lack is told with the storage") {
  temporary_folder folder;
  auto options = options_in(folder.path());
  {
    auto journal = must(open_lmdb_journal(options));
    append_order(*journal, 1);
    auto after_one = must(journal->storage()).unapplied_bytes;
    CHECK(after_one > 0);
    append_order(*journal, 2);
    CHECK(must(journal->storage()).unapplied_bytes > after_one);
  }
  auto journal = must(open_lmdb_journal(options));
  CHECK(must(journal->storage()).unapplied_bytes == 0);
}

TEST_CASE(
    "a clean stop leaves nothing in the log that the tables lack, and a direct writer removes the log") {
  temporary_folder folder;
  auto options = options_in(folder.path());
  {
    auto journal = must(open_lmdb_journal(options));
    append_order(*journal, 1);
  }
  CHECK(must(measure_log_lag(options.directory)).batches == 0);
  CHECK(head_of(reading(options)) == log_offset(2));
  CHECK(must(has_commit_log(options.directory)));
  CHECK(head_of(options_in(folder.path(), commit_way::direct)) == log_offset(2));
  CHECK_FALSE(must(has_commit_log(options.directory)));
}

TEST_CASE("another process sees what stands in the log alone, and is told how much that is") {
  temporary_folder folder;
  leave_in_log(folder.path(), 3);
  auto options = options_in(folder.path());
  CHECK(head_of(reading(options)) == log_offset(6));
  auto lag = must(measure_log_lag(options.directory));
  CHECK(lag.batches == 3);
  CHECK(lag.head == log_offset(6));
  CHECK(head_of(options) == log_offset(6));
}

TEST_CASE("only strict commits go to a log: others lose what they may lose without one") {
  temporary_folder folder;
  auto options = options_in(folder.path());
  options.durable = GENERATE(durability::relaxed, durability::volatile_mode);
  auto journal = must(open_lmdb_journal(options));
  append_order(*journal, 1);
  CHECK_FALSE(must(has_commit_log(options.directory)));
}

TEST_CASE("a batch that the whole log could not hold is committed directly, in its place") {
  temporary_folder folder;
  auto options = options_in(folder.path());
  options.commit_log_bytes = std::uint64_t{64} << 10U;
  {
    auto journal = must(open_lmdb_journal(options));
    append_order(*journal, 1);
    record(*journal, {item_for(*journal, "large-1", events(3, noise(100'000)))});
    append_order(*journal, 2);
    CHECK(must(journal->head(log_id(0))) == log_offset(7));
  }
  CHECK(head_of(options) == log_offset(7));
  CHECK(faults_in(options.directory).empty());
}

TEST_CASE("a log that is full waits for LMDB, and nothing is lost or refused") {
  temporary_folder folder;
  auto options = options_in(folder.path());
  options.commit_log_bytes = std::uint64_t{64} << 10U;
  constexpr auto orders = 400;
  {
    auto journal = must(open_lmdb_journal(options));
    for (auto number = 1; number <= orders; ++number)
      append_order(*journal, number);
  }
  CHECK(head_of(options) == log_offset(std::uint64_t{2} * orders));
  CHECK(faults_in(options.directory).empty());
}

TEST_CASE("a map without room refuses with a full storage, and what was acknowledged is there") {
  temporary_folder folder;
  auto options = options_in(folder.path());
  options.map_bytes = options.map_bytes_max = std::uint64_t{1} << 20U;
  auto acknowledged = 0;
  {
    auto journal = must(open_lmdb_journal(options));
    for (auto number = 1;; ++number) {
      auto item = item_for(*journal, "order-" + std::to_string(number),
                           events(1, noise(4'000, static_cast<std::uint32_t>(number))));
      auto verdicts = journal->append(std::vector{item});
      if (!verdicts) {
        CHECK(verdicts.error().code() == journal_errc::storage_full);
        break;
      }
      ++acknowledged;
    }
  }
  CHECK(acknowledged > 50);
  CHECK(head_of(options).value() == static_cast<std::uint64_t>(acknowledged));
}

TEST_CASE("a backup of a journal has what stands in its log alone") {
  temporary_folder folder;
  leave_in_log(folder.path(), 3);
  auto options = options_in(folder.path());
  auto form = GENERATE(copy_form::as_it_is, copy_form::compact);
  auto copy = must(back_up_journal(options.directory, folder.path() / "backup", form));
  CHECK(copy.head == log_offset(6));
  auto restored = must(restore_journal(folder.path() / "backup", folder.path() / "again" / "journal"));
  CHECK(restored.head == log_offset(6));
  auto again = must(open_lmdb_journal(options_in(folder.path() / "again")));
  append_order(*again, 4);
  CHECK(must(again->head(log_id(0))) == log_offset(8));
}

TEST_CASE("a verification sees a log that is damaged, or that does not go on where the tables end") {
  temporary_folder folder;
  leave_in_log(folder.path(), 3);
  auto journal = folder.path() / "journal";
  REQUIRE(faults_in(journal).empty());
  // In the first batch, behind the header; the ones behind it are whole.
  std::fstream file(journal / "log.0", std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(600);
  file.write("\xff\xff\xff\xff", 4);
  file.close();
  auto faults = faults_in(journal);
  REQUIRE_FALSE(faults.empty());
  CHECK(faults.front().table == "commit log");
  auto opened = open_lmdb_journal(options_in(folder.path()));
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code() == journal_errc::corrupt);
}

TEST_CASE("a verification tells what stands in the log alone, up to its head") {
  temporary_folder folder;
  leave_in_log(folder.path(), 3);
  auto report = must(verify_in_child({folder.path() / "journal"}));
  CHECK(report.faults.empty());
  CHECK(report.head == log_offset(6));
  CHECK(report.log_commits == 3);
}

TEST_CASE(
    "a verification sees events of the log that are not what was appended, though their batch is whole") {
  temporary_folder folder;
  leave_in_log(folder.path(), 1);
  auto journal = folder.path() / "journal";
  auto [offset, said] = GENERATE(std::pair(3, "the event at offset 3 is damaged"),
                                 std::pair(5, "its events do not go on with offset 3"),
                                 std::pair(0, "it says that it ends at offset 5, and ends at 2"));
  {
    auto options = commit_log_options();
    options.directory = journal;
    options.journal = *must(read_identity(journal));
    auto log = must(commit_log::open(options, 0));
    REQUIRE(log->last_sequence() == 1);
    auto key = offset == 0 ? "any" : event_key(log_offset(static_cast<std::uint64_t>(offset)));
    std::uint8_t table = offset == 0 ? 0 : 1; // `sys`, `ev`
    commit_log_batch batch;
    batch.add({table, row_change_kind::put, key, "no event"});
    CHECK(must(log->append(log_offset(5), batch.view())) == 2);
  }
  auto faults = faults_in(journal);
  REQUIRE(faults.size() == 1);
  CHECK(to_string(faults.front()) == std::string("commit log, batch 2: ") + said);
}

TEST_CASE("a compaction takes along what stands in the log alone") {
  temporary_folder folder;
  leave_in_log(folder.path(), 3);
  auto options = options_in(folder.path());
  CHECK(must(compact_journal(options.directory)).head == log_offset(6));
  CHECK(must(measure_log_lag(options.directory)).batches == 0);
  auto journal = must(open_lmdb_journal(options));
  append_order(*journal, 4);
  CHECK(must(journal->head(log_id(0))) == log_offset(8));
}

TEST_CASE("the log of another journal is refused by name") {
  temporary_folder folder;
  temporary_folder other;
  leave_in_log(folder.path(), 1);
  leave_in_log(other.path(), 1);
  fs::copy_file(other.path() / "journal" / "log.0", folder.path() / "journal" / "log.0",
                fs::copy_options::overwrite_existing);
  auto opened = open_lmdb_journal(options_in(folder.path()));
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code() == journal_errc::corrupt);
  CHECK(to_string(opened.error()).find("log.0") != std::string::npos);
}

TEST_CASE("a batch of refusals leaves nothing in the log") {
  temporary_folder folder;
  auto options = options_in(folder.path());
  die_after([&] {
    auto journal = must(open_lmdb_journal(options)).release();
    append_order(*journal, 1);
    auto stale = item_for(*journal, "order-1", events(1), empty_stream);
    auto verdicts = must(journal->append(std::vector{stale}));
    if (std::holds_alternative<appended>(verdicts.front()))
      throw std::runtime_error("it was recorded");
  });
  CHECK(must(measure_log_lag(options.directory)).batches == 1);
}

} // namespace tusker
