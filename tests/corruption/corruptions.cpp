#include "trial.hpp"

#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <cstdlib>
#include <map>

namespace tusker::corruption {

namespace {

/// Compared with, so that a failure shows what there was instead.
const std::vector<std::string> none_broken;
const std::vector<verify_fault> no_faults;

/// How many damaged copies are tried: 200, or more where somebody has the time.
auto trials() -> std::uint32_t {
  const char* wanted = std::getenv("TUSKER_CORRUPTION_TRIALS");
  return wanted == nullptr ? 200 : static_cast<std::uint32_t>(std::strtoul(wanted, nullptr, 10));
}

/// The control: it reads as everybody does and counts what comes, and believes it.
auto count_only(const verify_options& options, verify_place&) -> result<verify_report> {
  journal_options reading;
  reading.directory = options.directory;
  reading.mode = open_mode::read_only;
  verify_report report;
  auto journal = open_lmdb_journal(reading);
  auto info = journal ? (*journal)->info() : result<journal_info>(fail(journal.error()));
  if (!info || info->events == 0)
    report.faults.push_back({"ev", "", "there are none"});
  return report;
}

} // namespace

TEST_CASE("whatever damage does to a reader a verification finds, and nobody is told what was not written") {
  reference journal;
  std::map<reading, int> outcomes;
  auto found = 0;
  for (std::uint32_t number = 0; number < trials(); ++number) {
    auto one = try_damage(journal, number, verify_journal);
    INFO(number << ": " << one.damage);
    CHECK(one.broken == none_broken);
    ++outcomes[one.outcome];
    found += one.is_found ? 1 : 0;
  }
  // Enough of each, or nothing was shown.
  CHECK(outcomes[reading::error] > 40);
  CHECK(outcomes[reading::equal] > 20);
  CHECK(found > 80);
  WARN("equal " << outcomes[reading::equal] << ", error " << outcomes[reading::error] << ", crashed "
                << outcomes[reading::crashed] << ", partial " << outcomes[reading::partial] << ", found "
                << found);
}

TEST_CASE("an undamaged copy is clean and reads as before") {
  reference journal;
  tusker_test::temporary_folder folder;
  auto report = sample::must(verify_in_child({journal.folder.path()}));
  CHECK(report.faults == no_faults);
  CHECK(report.lost_pages == 0);
  CHECK(report.head.value() == journal.content.event_count);
  CHECK(journal.content.forward == journal.content.backward);
  CHECK(journal.content.log.size() < journal.content.event_count); // some were truncated
}

TEST_CASE("control: a verification that only counts is caught") {
  reference journal;
  auto caught = 0;
  for (std::uint32_t number = 0; number < 60; ++number)
    caught += try_damage(journal, number, count_only).broken.empty() ? 0 : 1;
  CHECK(caught > 5);
}

} // namespace tusker::corruption
