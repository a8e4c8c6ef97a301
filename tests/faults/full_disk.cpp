#include "workload.hpp"

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/journal_alarm.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_report.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <fstream>
#include <sched.h>
#include <sys/mount.h>

namespace tusker::faults {

namespace {

using sample::must;

constexpr auto not_allowed = "not allowed";

/// A file system of 2 MiB that this process alone sees.
auto mount_small_disk(const std::filesystem::path& at) -> bool {
  return ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("tmpfs", at.c_str(), "tmpfs", 0, "size=2m") == 0;
}

/// Leaves that many bytes free.
void fill_up(const std::filesystem::path& disk, std::uintmax_t but_bytes) {
  auto bytes = std::filesystem::space(disk).available - but_bytes;
  std::ofstream out(disk / "ballast", std::ios::binary);
  out << std::string(bytes, 'x');
}

/// Performs the steps; whenever the disk is full it is made so that a little more fits.
auto write_on_full_disk(const std::filesystem::path& disk, commit_way commits) -> std::string {
  if (!mount_small_disk(disk))
    return not_allowed;
  workload work(3, 25);
  auto options = workload::options();
  options.directory = disk / "journal";
  options.commits = commits;
  options.commit_log_bytes = std::uint64_t{64} << 10U;
  auto journal = must(open_lmdb_journal(options));
  fill_up(disk, 0);
  auto refusals = 0;
  for (const auto& next : work.steps()) {
    for (std::uintmax_t free = 4096;; free += 4096) {
      auto performed = perform(*journal, next);
      if (performed)
        break;
      if (performed.error().code() != journal_errc::storage_full)
        throw std::runtime_error(to_string(performed.error()));
      ++refusals;
      std::filesystem::remove(disk / "ballast");
      fill_up(disk, free);
    }
  }
  journal.reset();
  journal = must(open_lmdb_journal(options));
  if (work.steps_in(*journal) != work.steps().size())
    throw std::runtime_error("the journal does not hold what was acknowledged");
  return std::to_string(refusals) + " refusals";
}

} // namespace

namespace {

/// Raises an alarm where not a byte is left, and tells what the next one who opens the journal hears.
auto alarm_on_full_disk(const std::filesystem::path& disk) -> std::string {
  if (!mount_small_disk(disk))
    return not_allowed;
  auto alarm = must(journal_alarm::open(disk, open_mode::create_or_open));
  fill_up(disk, 0);
  alarm.raise("SIGBUS at page 3 of data.mdb");
  auto heard = must(alarm.text());
  if (alarm.declare_damaged("table 'ev', offset 3"))
    throw std::runtime_error("a line went onto a full disk");
  std::filesystem::remove(disk / "ballast");
  if (auto told = alarm.declare_damaged("table 'ev', offset 3"); !told)
    throw std::runtime_error(to_string(told.error()));
  if (must(alarm.text()) != "damaged: table 'ev', offset 3")
    throw std::runtime_error("the alarm says " + must(alarm.text()));
  return heard;
}

} // namespace

TEST_CASE("an alarm on a disk that is really full is heard, if not understood") {
  tusker_test::temporary_folder folder;
  auto report = tusker_test::report_of_child(
      [&](const auto& parent) { parent.tell(alarm_on_full_disk(folder.path())); });
  INFO(report.text);
  CHECK(report.exit_code == 0);
  CHECK_FALSE(report.text.empty());
  if (report.text == not_allowed)
    WARN("skipped: only root may mount a small disk");
}

TEST_CASE("on a disk that is really full an append is refused as such, and carried out when there is space") {
  auto commits = GENERATE(commit_way::direct, commit_way::logged);
  tusker_test::temporary_folder folder;
  auto report = tusker_test::report_of_child(
      [&](const auto& parent) { parent.tell(write_on_full_disk(folder.path(), commits)); });
  INFO(report.text);
  CHECK(report.exit_code == 0);
  CHECK(report.text != "0 refusals");
  if (report.text == not_allowed)
    WARN("skipped: only root may mount a small disk");
}

} // namespace tusker::faults
