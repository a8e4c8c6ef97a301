#include "trial.hpp"

#include "damage.hpp"
#include "reading_child.hpp"

#include <tusker/persistence/journal_alarm.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_health.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>

namespace tusker::corruption {

namespace {

using namespace sample;

auto options_in(const std::filesystem::path& folder) -> journal_options {
  journal_options options;
  options.directory = folder;
  options.mode = open_mode::open_existing;
  options.shards = shard_count(8);
  return options;
}

auto read_copy(const std::filesystem::path& folder, const reference& written) -> reading {
  auto journal = open_lmdb_journal(options_in(folder));
  auto told = journal ? read_all(**journal) : result<dump>(fail(journal.error()));
  if (!told)
    return reading::error;
  if (*told == written.content)
    return reading::equal;
  return is_truthful(*told, written.content, written.before_finish) ? reading::partial : reading::different;
}

auto has_alarm(const std::filesystem::path& folder) -> bool {
  auto alarm = journal_alarm::open(folder, open_mode::read_only);
  return alarm && !alarm->text().value_or("unreadable").empty();
}

/// Whether the journal is refused as damaged; in a child, since it might not be.
auto is_refused(const std::filesystem::path& folder) -> bool {
  auto outcome = read_in_child([&] {
    auto journal = open_lmdb_journal(options_in(folder));
    return !journal && journal.error().code() == journal_errc::corrupt ? reading::error : reading::equal;
  });
  return outcome == reading::error;
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
  auto made = try_copy(
      journal.folder.path(), copy.path(), verify,
      [number](const auto& folder) { return damage(folder, number); },
      [&journal](const auto& folder) { return read_copy(folder, journal); });
  if (made.outcome == reading::different)
    made.broken.emplace_back("a reader was told what was never written");
  if (made.outcome == reading::crashed)
    check_aftermath(copy.path(), made);
  return made;
}

} // namespace tusker::corruption
