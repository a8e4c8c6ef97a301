#include <tusker/persistence/read_store_health.hpp>

#include <tusker/persistence/journal_alarm.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_health.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/lmdb_read_store.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_process.hpp>
#include <tusker_test/child_report.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <fstream>

namespace tusker {

namespace {

using sample::must;

struct site {
  tusker_test::temporary_folder folder;
  read_store_options options;

  site() {
    journal_options journal;
    journal.directory = folder.path();
    options.directory = read_store_folder(folder.path());
    options.journal = must(must(open_lmdb_journal(journal))->info()).id;
  }

  [[nodiscard]] auto open() const -> result<std::unique_ptr<read_store>> {
    return open_lmdb_read_store(options);
  }
  [[nodiscard]] auto health() const -> read_store_health {
    return must(examine_read_store(options.directory));
  }
  void overwrite_pages() const {
    std::fstream data(options.directory / "data.mdb", std::ios::binary | std::ios::in | std::ios::out);
    data.seekp(std::streamoff{2} * 4'096);
    data << std::string(4 * std::size_t{4'096}, '#');
  }
};

/// Opens the store in a process of its own, which has it open until this goes.
class writer {
public:
  explicit writer(const site& at)
      : process_([this, &at] {
          auto store = must(at.open());
          is_open_.send();
          may_end_.receive();
          return 0;
        }) {
    is_open_.receive();
  }
  writer(const writer&) = delete;
  auto operator=(const writer&) -> writer& = delete;
  // NOLINTNEXTLINE(bugprone-exception-escape): what is thrown ends the test.
  ~writer() {
    may_end_.send();
    CHECK(process_.exit_code() == 0);
  }

private:
  tusker_test::signal_pipe is_open_;
  tusker_test::signal_pipe may_end_;
  tusker_test::child process_;
};

} // namespace

TEST_CASE("a journal without a read store is sound, and none is made by looking for it") {
  site at;
  CHECK(at.health().verdict == health_verdict::nothing_here);
  CHECK(must(examine_journal(at.folder.path())).verdict == health_verdict::sound);
  CHECK_FALSE(std::filesystem::exists(at.options.directory));
}

TEST_CASE("a closed read store is sound, one that is open is in use, and both were verified") {
  site at;
  REQUIRE(must(at.open())->add_projection("p", projection_version(1)));
  CHECK(at.health().verdict == health_verdict::sound);
  CHECK(at.health().verified->is_clean());
  writer by(at);
  auto health = at.health();
  CHECK(health.verdict == health_verdict::in_use);
  CHECK(health.owner == owner_state::running);
  CHECK_FALSE(health.owner_process.empty());
  CHECK(health.verified->is_clean());
}

TEST_CASE(
    "a damaged read store is told with the folder to delete, and not opened again before that was done") {
  site at;
  REQUIRE(must(at.open())->add_projection("p", projection_version(1)));
  at.overwrite_pages();
  auto health = must(examine_journal(at.folder.path()));
  REQUIRE(health.read_store.verdict == health_verdict::damaged);
  CHECK(health.verdict == health_verdict::damaged);
  CHECK(health.cause == "read store: " + health.read_store.cause);
  CHECK(health.verified->is_clean());
  CHECK(
      health.advice.starts_with("the journal is sound; delete the folder " + at.options.directory.string()));
  auto alarm = must(must(journal_alarm::open(at.options.directory, open_mode::read_only)).text());
  CHECK(alarm == "damaged: " + health.read_store.cause);
  CHECK(at.open().error().code() == journal_errc::corrupt);
  std::filesystem::remove_all(at.options.directory);
  CHECK(at.open());
  CHECK(at.health().verdict == health_verdict::sound);
}

TEST_CASE("damage that is found beside the owner of a read store says to stop it first") {
  site at;
  REQUIRE(must(at.open())->add_projection("p", projection_version(1)));
  writer by(at);
  at.overwrite_pages();
  auto health = at.health();
  REQUIRE(health.verdict == health_verdict::damaged);
  CHECK(health.advice.starts_with("stop process " + health.owner_process + "; then delete the folder"));
}

TEST_CASE(
    "a read store that was declared damaged stays damaged, and one whose alarm was raised is looked at") {
  site at;
  REQUIRE(must(at.open())->add_projection("p", projection_version(1)));
  auto alarm = must(journal_alarm::open(at.options.directory, open_mode::open_existing));
  alarm.raise("SIGSEGV");
  CHECK(at.health().verdict == health_verdict::sound);
  CHECK(at.health().advice.find("takes the alarm back") != std::string::npos);
  REQUIRE(alarm.declare_damaged("a row of table 't'"));
  CHECK(at.health().verdict == health_verdict::damaged);
  CHECK(at.health().cause == "a row of table 't'");
}

} // namespace tusker
