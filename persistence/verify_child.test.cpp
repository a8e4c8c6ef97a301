#include <tusker/persistence/verify_child.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <array>
#include <csignal>
#include <stdexcept>
#include <unistd.h>
#include <vector>

namespace tusker {

using sample::must;

TEST_CASE("a child's report and its error come back as they are") {
  auto found = must(run_in_child(
      [](const verify_options&, verify_place&) -> result<verify_report> {
        verify_report report;
        // More than a pipe holds at once.
        report.faults.assign(5'000, {"ev", "offset 1", "gone"});
        return report;
      },
      {}));
  CHECK(found.faults.size() == 5'000);
  auto failed = run_in_child(
      [](const verify_options& options, verify_place&) -> result<verify_report> {
        return fail(journal_errc::not_found, "nothing in " + options.directory.string());
      },
      {"here"});
  REQUIRE_FALSE(failed);
  CHECK(failed.error() == error(journal_errc::not_found, "nothing in here"));
}

TEST_CASE("a child that its reading ends by a signal leaves a fault with the place where it was") {
  auto signal = GENERATE(SIGSEGV, SIGBUS, SIGABRT);
  auto report = must(run_in_child(
      [&](const verify_options& options, verify_place& place) -> result<verify_report> {
        verify_notes notes(options.faults_max, place);
        notes.enter("smeta", "entry");
        notes.step(17);
        ::raise(signal);
        return verify_report();
      },
      {}));
  REQUIRE(report.faults.size() == 1);
  CHECK(report.faults[0].table == "smeta");
  CHECK(report.faults[0].place == "entry 17");
  CHECK(report.faults[0].what.find("was ended by SIG") != std::string::npos);
}

TEST_CASE("a child that is killed from outside says nothing about the journal") {
  auto signal = GENERATE(SIGKILL, SIGTERM);
  auto killed = run_in_child(
      [&](const verify_options&, verify_place&) -> result<verify_report> {
        std::signal(signal, SIG_DFL); // the tests' own handler may wait for a better moment
        ::raise(signal);
        return verify_report();
      },
      {});
  REQUIRE_FALSE(killed);
  CHECK(killed.error().code() == journal_errc::io_error);
}

TEST_CASE("a watcher is told where the child is as long as it works") {
  auto is_seen = std::array<int, 2>{};
  REQUIRE(::pipe(is_seen.data()) == 0);
  std::vector<std::uint64_t> seen;
  auto report = run_in_child(
      [&](const verify_options& options, verify_place& place) -> result<verify_report> {
        verify_notes notes(options.faults_max, place);
        notes.enter("ev", "offset");
        notes.step(17);
        // It ends when it has been seen.
        auto byte = '\0';
        return ::read(is_seen[0], &byte, 1) == 1 ? verify_report() : result<verify_report>(fail(error()));
      },
      {},
      [&](const verify_place& place) {
        seen.push_back(place.number);
        auto byte = '\0';
        CHECK(::write(is_seen[1], &byte, 1) == 1);
      });
  ::close(is_seen[0]);
  ::close(is_seen[1]);
  CHECK(must(report).is_clean());
  REQUIRE_FALSE(seen.empty());
  CHECK(seen.back() == 17);
}

TEST_CASE("a program that ignores the end of its children gets the report as well") {
  auto* before = std::signal(SIGCHLD, SIG_IGN);
  auto report = run_in_child(
      [](const verify_options&, verify_place&) -> result<verify_report> {
        verify_report found;
        found.faults.push_back({"ev", "offset 1", "gone"});
        return found;
      },
      {});
  auto lost =
      run_in_child([](const verify_options&, verify_place&) -> result<verify_report> { ::_exit(0); }, {});
  (void)std::signal(SIGCHLD, before);
  CHECK(must(report).faults.size() == 1);
  CHECK(lost.error().code() == journal_errc::io_error);
}

TEST_CASE("a child that throws or leaves without an answer is no clean report") {
  auto thrown = run_in_child(
      [](const verify_options&, verify_place&) -> result<verify_report> { throw std::runtime_error("no"); },
      {});
  CHECK(thrown.error().code() == journal_errc::io_error);
  auto left = must(
      run_in_child([](const verify_options&, verify_place&) -> result<verify_report> { ::_exit(0); }, {}));
  CHECK_FALSE(left.is_clean());
}

} // namespace tusker
