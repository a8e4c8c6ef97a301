#include <tusker/persistence/lmdb_read_admission.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_meta_check.hpp>
#include <tusker/persistence/lmdb_structure_check.hpp>
#include <tusker/persistence/verify_notes.hpp>

#include <string>
#include <system_error>

namespace tusker {

namespace {

/// A writer makes the file as long as its last commit says just after the commit: who looks in between looks again.
constexpr int looks_max = 100;

/// Whether the file has all the pages that its newest commit counts.
auto is_long_enough(const lmdb_data_file& file, const lmdb_metas& metas) -> result<bool> {
  // The meta pages were read first: beside a writer the file may be longer by now, never shorter.
  auto bytes = file.bytes();
  return bytes ? result<bool>(*bytes >= metas.file_bytes()) : fail(bytes.error());
}

auto admit_reader(const read_store_options& options, const lmdb_data_file& file) -> result<void> {
  for (auto looks = 0; looks < looks_max; ++looks) {
    auto metas = read_metas(file);
    if (!metas)
      return fail(with_advice(options.directory, metas.error()));
    auto is_long = is_long_enough(file, *metas);
    if (!is_long || *is_long)
      return is_long ? result<void>() : fail(is_long.error());
  }
  return fail(damaged_read_store(options.directory, "its file is too short, as it is if it was cut off"));
}

/// Looks at all pages. REQUIRES: nobody writes.
auto check_pages(const read_store_options& options, const lmdb_data_file& file, const lmdb_metas& metas,
                 const journal_alarm& alarm) -> result<void> {
  verify_place place;
  verify_notes notes(1, place);
  auto tables = lmdb_structure_check(file, metas.page_bytes, metas.newest(), notes).run();
  if (!tables)
    return fail(tables.error());
  if (notes.faults() == 0)
    return alarm.take_back();
  auto cause = to_string(notes.report().faults.front());
  if (auto declared = alarm.declare_damaged(cause); !declared)
    return declared;
  return fail(damaged_read_store(options.directory, cause));
}

auto admit_writer(const read_store_options& options, const lmdb_data_file& file, const journal_alarm& alarm,
                  const std::string& raised) -> result<void> {
  auto metas = read_metas(file);
  if (!metas)
    return fail(with_advice(options.directory, metas.error()));
  auto is_long = is_long_enough(file, *metas);
  if (!is_long)
    return fail(is_long.error());
  return *is_long && raised.empty() ? result<void>() : check_pages(options, file, *metas, alarm);
}

} // namespace

auto admit_read_store(const read_store_options& options, const journal_alarm& alarm) -> result<void> {
  auto raised = alarm.text();
  if (!raised)
    return fail(raised.error());
  auto is_reader = options.mode == open_mode::read_only;
  if (raised->starts_with(journal_alarm::damaged))
    return fail(damaged_read_store(options.directory, raised->substr(journal_alarm::damaged.size())));
  if (is_reader && !raised->empty())
    return fail(damaged_read_store(options.directory, *raised + ", and no writer has looked at it since"));
  auto file = lmdb_data_file::open(options.directory / "data.mdb");
  if (!file)
    return fail(file.error());
  return is_reader ? admit_reader(options, *file) : admit_writer(options, *file, alarm, *raised);
}

auto check_is_no_journal(const std::filesystem::path& directory) -> result<void> {
  std::error_code failed;
  if (std::filesystem::exists(directory / "identity", failed) && !failed)
    return fail(journal_errc::unsupported_format, directory.string() + " is the folder of a journal");
  return {};
}

auto damaged_read_store(const std::filesystem::path& directory, std::string_view cause) -> error {
  return {journal_errc::corrupt, "the read store in " + directory.string() +
                                     " is damaged: " + std::string(cause) + std::string(read_store_advice)};
}

auto with_advice(const std::filesystem::path& directory, const error& failure) -> error {
  auto is_damage =
      failure.code() == journal_errc::corrupt || failure.code() == journal_errc::unsupported_format;
  return is_damage ? damaged_read_store(directory, failure.message()) : failure;
}

} // namespace tusker
