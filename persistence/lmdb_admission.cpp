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

/// Verifies the data in a child process, and takes the alarm back or says that the journal is damaged.
auto verify(const journal_options& options, const journal_alarm& alarm) -> result<void> {
  auto report = verify_in_child({options.directory});
  // Nothing to verify: whoever opens says so better.
  if (!report && report.error().code() == journal_errc::not_found)
    return {};
  if (!report)
    return fail(report.error());
  auto may_change = options.mode != open_mode::read_only;
  if (report->is_clean())
    return may_change ? alarm.take_back() : result<void>();
  auto cause = to_string(report->faults.front());
  if (may_change)
    if (auto noted = alarm.declare_damaged(cause); !noted)
      return noted;
  return refusal(options, cause);
}

/// How the data file looks from outside.
enum class data_look { missing, whole, too_short };

auto look_at_length(const lmdb_data_file& file, const lmdb_metas& metas) -> result<data_look> {
  // The meta pages first: beside a writer the file may be longer by now, never shorter.
  auto bytes = file.bytes();
  if (!bytes)
    return fail(bytes.error());
  return *bytes < metas.file_bytes() ? data_look::too_short : data_look::whole;
}

auto check_metas(const journal_options& options) -> result<data_look> {
  auto file = lmdb_data_file::open(options.directory / "data.mdb");
  if (!file)
    return file.error().code() == journal_errc::not_found ? result<data_look>(data_look::missing)
                                                          : fail(file.error());
  auto bytes = file->bytes();
  if (!bytes || *bytes == 0)
    return bytes ? result<data_look>(data_look::missing) : fail(bytes.error());
  auto metas = read_metas(*file);
  if (metas)
    return look_at_length(*file, *metas);
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
  auto text = alarm.text();
  if (!text)
    return fail(text.error());
  if (options.mode == open_mode::read_only && text->starts_with(journal_alarm::damaged))
    return refusal(options, text->substr(journal_alarm::damaged.size()));
  if (!text->empty())
    if (auto verified = verify(options, alarm); !verified)
      return verified;
  auto look = check_metas(options);
  if (!look)
    return fail(look.error());
  // Reading a page behind a file's end kills the process. Whether those that are missing are free is for the
  // verification to say, which needs no map for it.
  return *look == data_look::too_short && text->empty() ? verify(options, alarm) : result<void>();
}

} // namespace tusker
