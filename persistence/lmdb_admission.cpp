#include <tusker/persistence/lmdb_admission.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_identity.hpp>
#include <tusker/persistence/lmdb_meta_check.hpp>
#include <tusker/persistence/verify_child.hpp>

#include <string>

namespace tusker {

namespace {

auto refusal(const journal_options& options, std::string_view cause) -> tl::unexpected<error> {
  auto folder = options.directory.string();
  return fail(journal_errc::corrupt, "the journal in " + folder + " is damaged: " + std::string(cause) +
                                         "; restore a backup, and see: tusker doctor --data " + folder);
}

/// What a verification's result means for who wants to open the journal.
auto judge(const journal_options& options, const journal_alarm& alarm, const verify_report& report)
    -> result<void> {
  auto may_change = options.mode != open_mode::read_only;
  if (report.is_clean())
    return may_change ? alarm.replace({}) : result<void>();
  auto cause = to_string(report.faults.front());
  if (may_change)
    if (auto noted = alarm.replace(std::string(journal_alarm::damaged) + cause); !noted)
      return noted;
  return refusal(options, cause);
}

auto check_alarm(const journal_options& options, const journal_alarm& alarm) -> result<void> {
  auto text = alarm.text();
  if (!text)
    return fail(text.error());
  if (text->empty())
    return {};
  if (options.mode == open_mode::read_only && text->starts_with(journal_alarm::damaged))
    return refusal(options, text->substr(journal_alarm::damaged.size()));
  auto report = verify_in_child({options.directory});
  // Nothing to verify: whoever opens says so better.
  if (!report && report.error().code() == journal_errc::not_found)
    return {};
  if (!report)
    return fail(report.error());
  return judge(options, alarm, *report);
}

auto check_metas(const journal_options& options) -> result<void> {
  auto file = lmdb_data_file::open(options.directory / "data.mdb");
  if (!file)
    return file.error().code() == journal_errc::not_found ? result<void>() : fail(file.error());
  auto bytes = file->bytes();
  if (!bytes || *bytes == 0)
    return bytes ? result<void>() : fail(bytes.error());
  auto metas = read_metas(*file);
  if (metas)
    return {};
  // Where a journal was, what is no environment any more is damage.
  auto identity = read_identity(options.directory);
  auto was_journal = identity && identity->has_value();
  if (was_journal && metas.error().code() == journal_errc::unsupported_format)
    return fail(journal_errc::corrupt,
                metas.error().message() + ", and was that of journal " + to_string(**identity));
  return fail(metas.error());
}

} // namespace

auto admit_journal(const journal_options& options, const journal_alarm& alarm) -> result<void> {
  if (auto checked = check_alarm(options, alarm); !checked)
    return checked;
  return check_metas(options);
}

} // namespace tusker
