#include "io_recorder.hpp"
#include "power_loss.hpp"

#include <tusker/persistence/journal_compaction.hpp>
#include <tusker/persistence/sample_journal.test.hpp>
#include <tusker/persistence/verify_child.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_report.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

// The power fails at each operation of a compaction. The journal that is on the disk then is the one from before or the
// compacted one, whole, with all that was acknowledged.

namespace tusker::faults {

namespace {

using sample::must;
using tusker_test::temporary_folder;
namespace fs = std::filesystem;

/// Compared with, so that a failure shows what there was instead.
const std::vector<std::string> no_faults;

/// A compaction, and how many operations it took to make the journal.
struct recorded_compaction {
  std::vector<io_operation> operations;
  std::size_t made_at = 0;
  sample::shown_journal shown;
};

template <class Compact>
auto record(const Compact& compact) -> recorded_compaction {
  recorded_compaction run;
  temporary_folder site(tusker_test::memory_backed_base());
  io_recorder recorder;
  io_watch watch(site.path(), recorder);
  sample::make_filled(site.path() / "journal", 12);
  run.made_at = recorder.count();
  run.shown = sample::shown_in(site.path() / "journal");
  compact(site.path() / "journal");
  run.operations = recorder.operations();
  return run;
}

/// What is wrong with the journal after a power loss; empty when nothing is.
auto fault_after(const recorded_compaction& run, const power_loss& loss) -> std::string {
  temporary_folder image(tusker_test::memory_backed_base());
  write_image(run.operations, loss, image.path());
  auto journal = image.path() / "journal";
  auto report = tusker_test::report_of_child([&](const auto& parent) {
    // As the next writer finds it.
    auto shown =
        sample::shown_by(*must(open_lmdb_journal(sample::options_in(journal, open_mode::open_existing))));
    auto verified = must(verify_in_child({journal}));
    parent.tell(!verified.is_clean() ? to_string(verified.faults.front())
                                     : (shown == run.shown ? "" : "it shows something else"));
  });
  auto place =
      " (after " + std::to_string(loss.complete) + " of " + std::to_string(run.operations.size()) + ")";
  if (report.exit_code != 0)
    return "it cannot be opened: " + report.text + place;
  return report.text.empty() ? "" : report.text + place;
}

/// At each operation: with nothing, with all, and so many times with half of what was not synced.
auto faults_of(const recorded_compaction& run, int rounds) -> std::vector<std::string> {
  std::vector<std::string> faults;
  std::uint32_t seed = 0;
  auto judge = [&](std::size_t complete, double survival) {
    if (auto fault = fault_after(run, {complete, survival, ++seed}); !fault.empty())
      faults.push_back(std::move(fault));
  };
  for (auto complete = run.made_at; complete <= run.operations.size(); ++complete) {
    judge(complete, 0);
    for (int round = 0; round < rounds; ++round)
      judge(complete, 0.5);
    judge(complete, 1);
  }
  return faults;
}

/// Has the new file take the old one's place before it is durable.
void compact_carelessly(const fs::path& journal) {
  temporary_folder elsewhere(tusker_test::memory_backed_base());
  fs::copy(journal, elsewhere.path() / "journal");
  (void)must(compact_journal(elsewhere.path() / "journal"));
  std::ifstream in(elsewhere.path() / "journal" / "data.mdb", std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  auto file = ::open((journal / "new.mdb").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  REQUIRE(::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  ::close(file);
  fs::rename(journal / "new.mdb", journal / "data.mdb");
}

} // namespace

TEST_CASE("a compaction whose power fails at any operation leaves one journal or the other, whole") {
  auto run = record([](const fs::path& journal) { (void)must(compact_journal(journal)); });
  CHECK(run.operations.size() > run.made_at + 10);
  CHECK(faults_of(run, 15) == no_faults);
}

TEST_CASE("control: a compaction that renames before it syncs is found out when the power fails") {
  CHECK_FALSE(faults_of(record(compact_carelessly), 100).empty());
}

} // namespace tusker::faults
