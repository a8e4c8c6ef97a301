#include <tusker/persistence/journal_health.hpp>

#include <tusker/persistence/journal_alarm.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_process.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <unistd.h>

namespace tusker {

using namespace sample;
using tusker_test::temporary_folder;

namespace {

auto options_in(const std::filesystem::path& folder) -> journal_options {
  journal_options options;
  options.directory = folder;
  return options;
}

void make_journal(const std::filesystem::path& folder) {
  auto journal = must(open_lmdb_journal(options_in(folder)));
  record(*journal, {item_for(*journal, "order-1", events(20))});
}

auto file_named(const journal_health& health, std::string_view name) -> health_file {
  return *std::find_if(health.files.begin(), health.files.end(),
                       [&](const auto& file) { return file.name == name; });
}

} // namespace

TEST_CASE("a closed journal is sound, one that is open is in use, and looking changes neither") {
  temporary_folder folder;
  make_journal(folder.path());
  for (int time = 0; time < 2; ++time) {
    auto health = must(examine_journal(folder.path()));
    CHECK(health.verdict == health_verdict::sound);
    CHECK(health.owner == owner_state::none);
    CHECK(health.disk_free_bytes > 0);
    CHECK(health.map_bytes >= health.data_bytes);
    CHECK(health.verified->head == log_offset(20));
    for (const auto& file : health.files)
      CHECK(file.problem.empty());
  }
  tusker_test::signal_pipe is_open;
  tusker_test::signal_pipe may_end;
  tusker_test::child writer([&] {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    is_open.send();
    may_end.receive();
    return 0;
  });
  is_open.receive();
  auto health = must(examine_journal(folder.path()));
  may_end.send();
  CHECK(health.verdict == health_verdict::in_use);
  CHECK(health.owner == owner_state::running);
  CHECK_FALSE(health.owner_process.empty());
  CHECK(writer.exit_code() == 0);
}

TEST_CASE("an owner that died is told from one that closed the journal, as often as one looks") {
  temporary_folder folder;
  make_journal(folder.path());
  (void)tusker_test::exit_code_of_child([&] {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    return ::raise(SIGKILL);
  });
  for (int time = 0; time < 2; ++time) {
    auto health = must(examine_journal(folder.path()));
    CHECK(health.verdict == health_verdict::sound);
    CHECK(health.owner == owner_state::died);
    CHECK_FALSE(health.owner_process.empty());
  }
  REQUIRE(open_lmdb_journal(options_in(folder.path())));
  CHECK(must(examine_journal(folder.path())).owner == owner_state::none);
}

TEST_CASE("damage is named, and the alarm keeps everybody from opening it") {
  temporary_folder folder;
  make_journal(folder.path());
  std::filesystem::resize_file(folder.path() / "data.mdb", 12'288);
  auto health = must(examine_journal(folder.path()));
  CHECK(health.verdict == health_verdict::damaged);
  CHECK_FALSE(health.cause.empty());
  CHECK_FALSE(health.advice.empty());
  auto alarm = must(must(journal_alarm::open(folder.path(), open_mode::read_only)).text());
  CHECK(alarm == "damaged: " + health.cause);
  CHECK(open_lmdb_journal(options_in(folder.path())).error().code() == journal_errc::corrupt);
}

TEST_CASE("damage that is found beside a running owner keeps the next one from opening the journal") {
  temporary_folder folder;
  make_journal(folder.path());
  auto whole = std::filesystem::file_size(folder.path() / "data.mdb");
  tusker_test::signal_pipe is_open;
  tusker_test::signal_pipe may_end;
  tusker_test::child writer([&] {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    is_open.send();
    may_end.receive();
    return 0;
  });
  is_open.receive();
  {
    std::fstream data(folder.path() / "data.mdb", std::ios::binary | std::ios::in | std::ios::out);
    data.seekp(8'192);
    data << std::string(whole - 8'192, '#');
  }
  auto health = must(examine_journal(folder.path()));
  may_end.send();
  CHECK(writer.exit_code() == 0);
  REQUIRE(health.verdict == health_verdict::damaged);
  CHECK(health.owner == owner_state::running);
  CHECK(health.advice.find("stop process " + health.owner_process) == 0);
  auto alarm = must(must(journal_alarm::open(folder.path(), open_mode::read_only)).text());
  CHECK(alarm == "damaged: " + health.cause);
  CHECK(open_lmdb_journal(options_in(folder.path())).error().code() == journal_errc::corrupt);
}

TEST_CASE("a journal without its data is damaged, a folder without a journal is none") {
  temporary_folder folder;
  CHECK(must(examine_journal(folder.path())).verdict == health_verdict::nothing_here);
  CHECK(must(examine_journal(folder.path() / "no")).verdict == health_verdict::nothing_here);
  CHECK(std::filesystem::is_empty(folder.path()));
  { std::ofstream(folder.path() / "data.mdb") << std::string(20'000, 'x'); }
  auto foreign = must(examine_journal(folder.path()));
  CHECK(foreign.verdict == health_verdict::nothing_here);
  CHECK_FALSE(foreign.cause.empty());
  std::filesystem::remove(folder.path() / "data.mdb");
  make_journal(folder.path());
  std::filesystem::remove(folder.path() / "data.mdb");
  auto health = must(examine_journal(folder.path()));
  CHECK(health.verdict == health_verdict::damaged);
  CHECK(file_named(health, "data.mdb").problem == "the data are gone");
}

TEST_CASE("files that others may read are a problem, and no damage") {
  temporary_folder folder;
  make_journal(folder.path());
  std::filesystem::permissions(folder.path() / "data.mdb", std::filesystem::perms(0644));
  auto health = must(examine_journal(folder.path()));
  CHECK(health.verdict == health_verdict::sound);
  CHECK(file_named(health, "data.mdb").problem == "its mode is 0644, not 0600");
}

} // namespace tusker
