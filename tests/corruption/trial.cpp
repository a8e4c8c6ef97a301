#include "trial.hpp"

#include "damage.hpp"

#include <tusker/persistence/journal_alarm.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_health.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/child_process.hpp>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace tusker::corruption {

namespace {

using namespace sample;

/// Far beyond what reading takes: a reader that goes in circles is one that did not survive.
constexpr unsigned reading_seconds_max = 60;

/// Exit codes of the reading child; others are crashes, also the ones of a sanitizer.
constexpr int code_equal = 40;
constexpr int code_error = 41;
constexpr int code_partial = 42;
constexpr int code_different = 43;

auto options_in(const std::filesystem::path& folder) -> journal_options {
  journal_options options;
  options.directory = folder;
  options.mode = open_mode::open_existing;
  options.shards = shard_count(8);
  return options;
}

/// What a dying process prints is not the test's output.
void be_quiet() {
  auto nowhere = ::open("/dev/null", O_WRONLY);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  ::alarm(reading_seconds_max);
}

auto read_in_child(const std::filesystem::path& folder, const reference& written) -> reading {
  auto code = tusker_test::exit_code_of_child([&] {
    be_quiet();
    auto journal = open_lmdb_journal(options_in(folder));
    auto told = journal ? read_all(**journal) : result<dump>(fail(journal.error()));
    if (!told)
      return code_error;
    if (*told == written.content)
      return code_equal;
    return is_truthful(*told, written.content, written.before_finish) ? code_partial : code_different;
  });
  switch (code) {
  case code_equal:
    return reading::equal;
  case code_error:
    return reading::error;
  case code_partial:
    return reading::partial;
  case code_different:
    return reading::different;
  default:
    return reading::crashed;
  }
}

auto has_alarm(const std::filesystem::path& folder) -> bool {
  auto alarm = journal_alarm::open(folder, open_mode::read_only);
  return alarm && !alarm->text().value_or("unreadable").empty();
}

/// Whether the journal is refused as damaged; in a child, since it might not be.
auto is_refused(const std::filesystem::path& folder) -> bool {
  return tusker_test::exit_code_of_child([&] {
           be_quiet();
           auto journal = open_lmdb_journal(options_in(folder));
           return !journal && journal.error().code() == journal_errc::corrupt ? code_error : code_equal;
         }) == code_error;
}

/// What must hold after a crash.
void check_aftermath(const std::filesystem::path& folder, trial& of) {
  if (!has_alarm(folder)) {
    auto health = examine_journal(folder);
    if (!health || health->verdict != health_verdict::damaged || health->cause.empty())
      of.broken.emplace_back("a crash left no alarm, and the doctor does not know why");
  }
  if (!is_refused(folder))
    of.broken.emplace_back("a journal that ended a process was opened again");
}

} // namespace

reference::reference() {
  auto options = options_in(folder.path());
  options.mode = open_mode::create_or_open;
  auto journal = must(open_lmdb_journal(options));
  fill(*journal);
  before_finish = must(read_all(*journal));
  finish(*journal);
  content = must(read_all(*journal));
}

auto try_damage(const reference& journal, std::uint32_t number, const verification& verify) -> trial {
  tusker_test::temporary_folder copy;
  for (const auto& entry : std::filesystem::directory_iterator(journal.folder.path()))
    std::filesystem::copy_file(entry.path(), copy.path() / entry.path().filename());
  trial made;
  made.damage = damage(copy.path(), number);
  auto report = run_in_child(verify, {copy.path()});
  made.is_found = !report || !report->is_clean();
  made.outcome = read_in_child(copy.path(), journal);
  if (made.outcome != reading::equal && !made.is_found)
    made.broken.emplace_back("the verification did not find what spoils the reading");
  if (made.outcome == reading::different)
    made.broken.emplace_back("a reader was told what was never written");
  if (made.outcome == reading::crashed)
    check_aftermath(copy.path(), made);
  return made;
}

} // namespace tusker::corruption
