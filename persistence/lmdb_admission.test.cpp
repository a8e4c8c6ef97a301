#include <tusker/persistence/lmdb_admission.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_handle.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_process.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <csignal>
#include <fstream>
#include <unistd.h>

// The way from a fault in a journal's map over its alarm to the next open.

namespace tusker {

using namespace sample;
using tusker_test::exit_code_of_child;
using tusker_test::temporary_folder;

namespace {

auto options_in(const std::filesystem::path& folder, open_mode mode = open_mode::create_or_open)
    -> journal_options {
  journal_options options;
  options.directory = folder;
  options.mode = mode;
  return options;
}

void make_journal(const std::filesystem::path& folder) {
  auto journal = must(open_lmdb_journal(options_in(folder)));
  for (std::size_t at = 0; at < 30; ++at)
    record(*journal, {item_for(*journal, "order-" + std::to_string(at), events(20, std::to_string(at)))});
}

auto alarm_in(const std::filesystem::path& folder) -> std::string {
  return must(must(journal_alarm::open(folder, open_mode::read_only)).text());
}

void raise_alarm(const std::filesystem::path& folder, std::string_view line) {
  must(journal_alarm::open(folder, open_mode::open_existing)).raise(line);
}

void flip_middle(const std::filesystem::path& file) {
  auto bytes = std::filesystem::file_size(file);
  std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
  for (auto at = bytes / 4; at < bytes; at += 64) {
    out.seekp(static_cast<std::streamoff>(at));
    out.put('#');
  }
}

auto opening_error(const std::filesystem::path& folder, open_mode mode) -> error {
  auto opened = open_lmdb_journal(options_in(folder, mode));
  return opened ? error() : opened.error();
}

} // namespace

TEST_CASE(
    "a process that dies by its journal's map leaves an alarm, and the damaged journal is not opened again") {
  temporary_folder folder;
  make_journal(folder.path());
  auto file = folder.path() / "data.mdb";
  std::filesystem::copy_file(file, folder.path() / "backup");
  auto mode = GENERATE(open_mode::open_existing, open_mode::read_only);
  auto code = exit_code_of_child([&] {
    auto journal = must(open_lmdb_journal(options_in(folder.path(), mode)));
    std::filesystem::resize_file(file, 8'192);
    return journal->read_log(log_id(), before_all_events, {}, {}) ? 1 : 2;
  });
  // A sanitizer ends the process in a way of its own, after it has reported.
  CHECK(code != 0);
  CHECK(alarm_in(folder.path()).starts_with("SIGBUS at page "));
  // A reader is refused too, and leaves the alarm as it is.
  CHECK(opening_error(folder.path(), open_mode::read_only).code() == journal_errc::corrupt);
  CHECK(alarm_in(folder.path()).starts_with("SIGBUS at page "));
  auto refused = opening_error(folder.path(), open_mode::open_existing);
  CHECK(refused.code() == journal_errc::corrupt);
  CHECK(refused.message().find("tusker doctor --data") != std::string::npos);
  CHECK(alarm_in(folder.path()).starts_with("damaged: "));
  CHECK(opening_error(folder.path(), open_mode::read_only).code() == journal_errc::corrupt);
  // Sound data are welcome again, and the alarm is over.
  std::filesystem::copy_file(folder.path() / "backup", file,
                             std::filesystem::copy_options::overwrite_existing);
  CHECK(opening_error(folder.path(), open_mode::read_only).code() == journal_errc::corrupt);
  CHECK(opening_error(folder.path(), open_mode::open_existing) == error());
  CHECK(alarm_in(folder.path()).empty());
  CHECK(opening_error(folder.path(), open_mode::read_only) == error());
}

TEST_CASE("a fault that is not the map's raises no alarm and ends the process as ever") {
  temporary_folder folder;
  make_journal(folder.path());
  auto code = exit_code_of_child([&] {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    return ::raise(SIGBUS);
  });
  CHECK(code != 0);
  CHECK(alarm_in(folder.path()).empty());
  CHECK(opening_error(folder.path(), open_mode::open_existing) == error());
}

TEST_CASE("damage that an append meets raises the alarm") {
  temporary_folder folder;
  make_journal(folder.path());
  {
    MDB_env* raw = nullptr;
    REQUIRE(mdb_env_create(&raw) == MDB_SUCCESS);
    auto env = lmdb_env(raw);
    REQUIRE(mdb_env_set_maxdbs(raw, 32) == MDB_SUCCESS);
    REQUIRE(mdb_env_open(raw, folder.path().c_str(), 0, 0600) == MDB_SUCCESS);
    auto transaction = must(lmdb_transaction::begin(raw, 0));
    MDB_dbi table = 0;
    REQUIRE(mdb_dbi_open(transaction.get(), "sname", 0, &table) == MDB_SUCCESS);
    REQUIRE(lmdb_put(transaction, table, "order-7", "damaged"));
    auto committed = std::move(transaction).commit();
    REQUIRE(committed);
  }
  {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    auto item = item_for(*journal, "order-7", events(1));
    auto appended = journal->append(std::span(&item, 1));
    CHECK(appended.error().code() == journal_errc::corrupt);
  }
  CHECK(alarm_in(folder.path()).starts_with("corrupt: "));
  CHECK(opening_error(folder.path(), open_mode::open_existing).code() == journal_errc::corrupt);
}

TEST_CASE("an alarm over sound data is taken back by the next writer, and kept by readers") {
  temporary_folder folder;
  make_journal(folder.path());
  raise_alarm(folder.path(), "io_error: the commit failed");
  raise_alarm(folder.path(), "SIGBUS at page 3 of data.mdb");
  CHECK(alarm_in(folder.path()) == "io_error: the commit failed");
  CHECK(opening_error(folder.path(), open_mode::read_only) == error());
  CHECK(alarm_in(folder.path()) == "io_error: the commit failed");
  CHECK(opening_error(folder.path(), open_mode::create_or_open) == error());
  CHECK(alarm_in(folder.path()).empty());
}

TEST_CASE("an alarm over damaged data keeps everybody out, whatever the damage would do to who reads it") {
  temporary_folder folder;
  make_journal(folder.path());
  raise_alarm(folder.path(), "io_error: the commit failed");
  flip_middle(folder.path() / "data.mdb");
  for (auto mode : {open_mode::read_only, open_mode::open_existing, open_mode::create_or_open}) {
    auto refused = opening_error(folder.path(), mode);
    CHECK(refused.code() == journal_errc::corrupt);
    CHECK(refused.message().find("is damaged: ") != std::string::npos);
  }
}

TEST_CASE("an alarm in a folder without data does not keep a journal from being made") {
  temporary_folder folder;
  { std::ofstream(folder.path() / "alarm") << "SIGBUS at page 3 of data.mdb\n"; }
  CHECK(opening_error(folder.path(), open_mode::open_existing).code() == journal_errc::not_found);
  CHECK(opening_error(folder.path(), open_mode::create_or_open) == error());
}

TEST_CASE("a reader makes no alarm file, and a writer does") {
  temporary_folder folder;
  make_journal(folder.path());
  auto alarm = folder.path() / "alarm";
  CHECK(std::filesystem::file_size(alarm) == 0);
  std::filesystem::remove(alarm);
  CHECK(opening_error(folder.path(), open_mode::read_only) == error());
  CHECK_FALSE(std::filesystem::exists(alarm));
  CHECK(opening_error(folder.path(), open_mode::open_existing) == error());
  CHECK(std::filesystem::exists(alarm));
}

TEST_CASE("the alarm file stays small, however often the alarm is raised") {
  temporary_folder folder;
  auto alarm = must(journal_alarm::open(folder.path(), open_mode::create_or_open));
  for (int time = 0; time < 2'000; ++time)
    alarm.raise(std::string(100, 'x'));
  CHECK(std::filesystem::file_size(folder.path() / "alarm") < 70'000);
  for (int time = 0; time < 2'000; ++time)
    REQUIRE(alarm.declare_damaged("cause " + std::to_string(time)));
  CHECK(std::filesystem::file_size(folder.path() / "alarm") < 71'000);
  REQUIRE(alarm.take_back());
  CHECK(must(alarm.text()).empty());
}

TEST_CASE(
    "that a journal is damaged is told before all that was raised, and survives a line that was cut off") {
  temporary_folder folder;
  auto alarm = must(journal_alarm::open(folder.path(), open_mode::create_or_open));
  alarm.raise("io_error: the commit failed");
  { std::ofstream(folder.path() / "alarm", std::ios::app) << "damaged: a li"; }
  CHECK(must(alarm.text()) == "damaged: a li");
  REQUIRE(alarm.declare_damaged("table 'ev', offset 3"));
  alarm.raise("SIGBUS at page 3 of data.mdb");
  CHECK(must(alarm.text()) == "damaged: table 'ev', offset 3");
  auto bytes = std::filesystem::file_size(folder.path() / "alarm");
  REQUIRE(alarm.declare_damaged("table 'ev', offset 3"));
  CHECK(std::filesystem::file_size(folder.path() / "alarm") == bytes);
}

} // namespace tusker
