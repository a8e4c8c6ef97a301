#include "io_injector.hpp"
#include "io_killer.hpp"

#include <tusker/persistence/data_exchange.hpp>
#include <tusker/persistence/draft_folder.hpp>
#include <tusker/persistence/journal_backup.hpp>
#include <tusker/persistence/journal_compaction.hpp>
#include <tusker/persistence/journal_copy.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_export.hpp>
#include <tusker/persistence/journal_import.hpp>
#include <tusker/persistence/sample_journal.test.hpp>
#include <tusker/persistence/verify_child.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/child_report.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <csignal>
#include <fstream>
#include <functional>
#include <string>
#include <unistd.h>
#include <vector>

// A process dies, or its disk is full, at each operation of a backup, a restore, a compaction and an import, one after
// the other. What was there stays whole, and what was to be made is there whole or not at all.

namespace tusker::faults {

namespace {

using sample::must;
namespace fs = std::filesystem;

/// Compared with, so that a failure shows what there was instead.
const std::vector<std::string> no_faults;

/// What each trial begins with: a journal with all sorts of things in it, a backup and an export of it.
struct trial_site {
  tusker_test::temporary_folder folder{tusker_test::memory_backed_base()};
  sample::shown_journal shown;

  trial_site() {
    sample::make_filled(path("journal"), 12);
    shown = sample::shown_in(path("journal"));
    (void)must(back_up_journal(path("journal"), path("backup"), copy_form::as_it_is));
    std::ofstream lines(path("lines"), std::ios::binary);
    (void)must(export_journal({path("journal"), {}, {}, {}, {}}, [&](std::string_view line) -> result<void> {
      lines << line << "\n";
      return {};
    }));
  }

  [[nodiscard]] auto path(const char* name) const -> fs::path { return folder.path() / name; }
};

/// What is tried: it makes `made`, or changes `journal`.
using transfer = std::function<result<void>(const trial_site&)>;

auto nothing = [](const auto&) {};

auto back_up(const trial_site& site) -> result<void> {
  return back_up_journal(site.path("journal"), site.path("made"), copy_form::as_it_is).map(nothing);
}
auto back_up_compact(const trial_site& site) -> result<void> {
  return back_up_journal(site.path("journal"), site.path("made"), copy_form::compact).map(nothing);
}
auto restore(const trial_site& site) -> result<void> {
  return restore_journal(site.path("backup"), site.path("made")).map(nothing);
}
auto import(const trial_site& site) -> result<void> {
  return import_journal({site.path("lines"), site.path("made")}).map(nothing);
}
auto compact(const trial_site& site) -> result<void> {
  return compact_journal(site.path("journal")).map(nothing);
}

struct named_transfer {
  const char* name;
  transfer run;
};

auto transfers() -> std::vector<named_transfer> {
  return {{"backup", back_up},
          {"compact backup", back_up_compact},
          {"restore", restore},
          {"import", import},
          {"compaction", compact}};
}

/// Shows another watcher what this process does, and not what the children do that verify: they are read by pipes, and
/// their deaths are tested with them.
class in_this_process final : public io_watcher {
public:
  explicit in_this_process(io_watcher& watcher) : watcher_(watcher) {}

  [[nodiscard]] auto before(const io_operation& operation) -> io_verdict override {
    return ::getpid() == process_ ? watcher_.before(operation) : io_verdict{};
  }

private:
  io_watcher& watcher_;
  pid_t process_ = ::getpid();
};

/// Whether a journal is there, sound, and shows all; `what` is added to the faults if not.
void judge_journal(const trial_site& site, const char* name, bool is_import,
                   std::vector<std::string>& faults) {
  auto report = verify_in_child({site.path(name)});
  if (!report || !report->is_clean()) {
    faults.push_back(std::string(name) + " is not sound");
    return;
  }
  auto shown = sample::shown_in(site.path(name));
  if (shown.log != site.shown.log || shown.streams != site.shown.streams)
    faults.push_back(std::string(name) + " does not show all events");
  if (!is_import && shown != site.shown)
    faults.push_back(std::string(name) + " does not show all that there was");
}

/// What a transfer that was cut off did harm to. `made` may be missing, or an empty folder, or has to be whole.
auto faults_of(const trial_site& site, bool is_import) -> std::vector<std::string> {
  std::vector<std::string> faults;
  judge_journal(site, "journal", false, faults);
  judge_journal(site, "backup", false, faults);
  if (check_place_free(site.path("made")))
    return faults;
  judge_journal(site, "made", is_import, faults);
  return faults;
}

/// Does it again, undisturbed, whatever the one that was cut off left behind.
auto faults_of_repeating(const trial_site& site, const named_transfer& tried) -> std::vector<std::string> {
  std::error_code ignored;
  fs::remove_all(site.path("made"), ignored);
  if (auto again = tried.run(site); !again)
    return {std::string(tried.name) + " again: " + to_string(again.error())};
  return faults_of(site, std::string_view(tried.name) == "import");
}

/// Kills at each operation, as many as there are. Returns how many there were.
auto kill_at_each(const named_transfer& tried, std::vector<std::string>& faults) -> std::size_t {
  for (std::size_t nth = 1;; ++nth) {
    trial_site site;
    io_countdown countdown(nth);
    auto report = tusker_test::report_of_child([&](const auto&) {
      in_this_process watcher(countdown);
      io_watch watch(site.folder.path(), watcher);
      (void)must(tried.run(site).map([] { return 0; }));
    });
    auto note = [&](const std::vector<std::string>& found) {
      for (const auto& fault : found)
        faults.push_back(std::string(tried.name) + ", operation " + std::to_string(nth) + ": " + fault);
    };
    note(faults_of(site, std::string_view(tried.name) == "import"));
    if (report.exit_code == 0)
      return nth - 1;
    if (report.exit_code != -SIGKILL)
      note({"it ended by itself: " + report.text});
    if (faults.empty())
      note(faults_of_repeating(site, tried));
    if (!faults.empty())
      return nth;
  }
}

} // namespace

TEST_CASE("a transfer that is killed at any operation leaves what was there whole, and half of nothing") {
  auto tried = GENERATE(from_range(transfers()));
  std::vector<std::string> faults;
  auto operations = kill_at_each(tried, faults);
  CHECK(faults == no_faults);
  CHECK(operations > 8);
}

namespace {

/// Copies straight to the place.
auto careless_backup(const trial_site& site) -> result<void> {
  std::error_code failed;
  fs::create_directory(site.path("made"), failed);
  auto draft = must(draft_folder::begin(site.path("elsewhere")));
  (void)must(copy_journal(site.path("journal"), draft, copy_form::as_it_is, copy_identity::same));
  for (const auto* file : {"data.mdb", "identity"}) {
    // As a program does that is its own copier, half by half.
    std::ifstream in(draft.path() / file, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    std::ofstream out(site.path("made") / file, std::ios::binary);
    out << bytes.substr(0, bytes.size() / 2) << std::flush << bytes.substr(bytes.size() / 2) << std::flush;
  }
  return {};
}

/// Imports straight into the place.
auto careless_import(const trial_site& site) -> result<void> {
  auto journal = must(open_lmdb_journal(sample::options_in(site.path("made"))));
  sample::fill(*journal, 12);
  return {};
}

/// Takes the old file away before the new one has its name.
auto careless_compaction(const trial_site& site) -> result<void> {
  auto draft = must(draft_folder::begin(site.path("elsewhere")));
  (void)must(copy_journal(site.path("journal"), draft, copy_form::compact, copy_identity::same));
  fs::rename(site.path("journal") / "data.mdb", site.path("journal") / "old.mdb");
  return exchange_data_file(site.path("journal"), draft.path() / "data.mdb");
}

} // namespace

TEST_CASE("control: transfers that work in place are found out when they are killed") {
  auto tried = GENERATE(from_range(std::vector<named_transfer>{
      {"backup", careless_backup}, {"import", careless_import}, {"compaction", careless_compaction}}));
  std::vector<std::string> faults;
  kill_at_each(tried, faults);
  CHECK_FALSE(faults.empty());
}

TEST_CASE("a transfer whose disk is full at any operation says so, and leaves what was there whole") {
  auto tried = GENERATE(from_range(transfers()));
  auto is_import = std::string_view(tried.name) == "import";
  for (std::size_t nth = 1;; ++nth) {
    trial_site site;
    io_injector injector(nth, io_failure::disk_full, io_failure_span::from_then_on);
    auto outcome = [&]() -> result<void> {
      in_this_process watcher(injector);
      io_watch watch(site.folder.path(), watcher);
      return tried.run(site);
    }();
    INFO(tried.name << ", operation " << nth << ": " << injector.victim().file);
    CHECK(faults_of(site, is_import) == no_faults);
    auto told = outcome ? error() : outcome.error();
    INFO(to_string(told));
    if (!injector.has_struck()) {
      CHECK(told == error());
      break;
    }
    // What cannot be done at the end, such as noting in `owner` that nobody has it, is no failure. A commit of a
    // journal that fails when it is published is an I/O error for whoever appends.
    if (!outcome && !is_import)
      CHECK(told.code() == journal_errc::storage_full);
    CHECK(faults_of_repeating(site, tried) == no_faults);
  }
}

} // namespace tusker::faults
