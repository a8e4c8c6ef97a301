#include <tusker/persistence/journal_health.hpp>

#include <tusker/config/read_store_options.hpp>
#include <tusker/persistence/journal_alarm.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_meta_check.hpp>
#include <tusker/persistence/verify_child.hpp>

#include <array>
#include <cerrno>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <system_error>
#include <utility>

namespace tusker {

namespace {

constexpr unsigned folder_mode = 0700;
constexpr unsigned file_mode = 0600;

struct known_file {
  const char* name;
  /// What it means when a journal's folder lacks it; none when it may.
  const char* loss;
};

constexpr std::array<known_file, 5> known_files{{
    {"data.mdb", "the data are gone"},
    {"identity", "the next writer writes it again"},
    {"lock.mdb", nullptr},
    {"owner", nullptr},
    {"alarm", nullptr},
}};

auto octal(unsigned mode) -> std::string {
  std::string digits = "0000";
  for (auto at = digits.size(); at-- > 0; mode /= 8)
    digits[at] = static_cast<char>('0' + mode % 8);
  return digits;
}

/// Errors: `io_error` when it is there and cannot be looked at.
auto look_at(const std::filesystem::path& path, std::string name, unsigned wanted_mode)
    -> result<health_file> {
  struct stat status {};
  health_file found;
  found.name = std::move(name);
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      return found;
    return fail(journal_errc::io_error, path.string() + ": " + std::generic_category().message(errno));
  }
  found.is_present = true;
  found.mode = status.st_mode & 07777U;
  found.bytes = static_cast<std::uint64_t>(status.st_size);
  if (found.mode != wanted_mode)
    found.problem = "its mode is " + octal(found.mode) + ", not " + octal(wanted_mode);
  return found;
}

auto look_at_files(const std::filesystem::path& directory, journal_health& health) -> result<void> {
  auto folder = look_at(directory, ".", folder_mode);
  if (!folder)
    return fail(folder.error());
  health.files.push_back(std::move(*folder));
  for (const auto& known : known_files) {
    auto file = look_at(directory / known.name, known.name, file_mode);
    if (!file)
      return fail(file.error());
    if (!file->is_present && known.loss != nullptr)
      file->problem = known.loss;
    health.files.push_back(std::move(*file));
  }
  return {};
}

auto has(const journal_health& health, std::string_view name) -> bool {
  for (const auto& file : health.files)
    if (file.name == name)
      return file.is_present;
  return false;
}

void look_at_space(const std::filesystem::path& directory, journal_health& health) {
  struct statvfs disk {};
  if (::statvfs(directory.c_str(), &disk) == 0)
    health.disk_free_bytes = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  auto file = lmdb_data_file::open(directory / "data.mdb");
  if (!file)
    return;
  health.data_bytes = file->bytes().value_or(0);
  if (auto metas = read_metas(*file))
    health.map_bytes = metas->newest().map_bytes;
}

void conclude_damage(const std::filesystem::path& directory, bool has_lock, journal_health& health) {
  health.verdict = health_verdict::damaged;
  health.cause = to_string(health.verified->faults.front());
  health.advice = "keep the folder as it is for a closer look, and restore a backup into another one";
  if (health.owner == owner_state::running)
    health.advice = "stop process " + health.owner_process + "; then " + health.advice;
  // Beside an owner too, who has made the file: the next who opens the journal verifies it first.
  auto alarm = journal_alarm::open(directory, has_lock ? open_mode::open_existing : open_mode::read_only);
  auto raised = alarm ? alarm->declare_damaged(health.cause) : fail(alarm.error());
  if (!raised)
    health.advice += "; the alarm could not be raised, so do not open it: " + raised.error().message();
}

void conclude(const std::filesystem::path& directory, bool has_lock, journal_health& health) {
  if (!health.verified->is_clean())
    return conclude_damage(directory, has_lock, health);
  if (health.owner == owner_state::running) {
    health.verdict = health_verdict::in_use;
    health.advice = "nothing is to be done";
    return;
  }
  health.verdict = health_verdict::sound;
  health.advice = health.alarm.empty()
                      ? "nothing is to be done"
                      : "open it: the next writer verifies it again and takes the alarm back";
}

/// What is wrong with the read store is wrong with the folder, unless the journal itself is damaged.
auto look_at_read_store(const std::filesystem::path& directory, journal_health& health) -> result<void> {
  auto found = examine_read_store(read_store_folder(directory));
  if (!found)
    return fail(found.error());
  health.read_store = std::move(*found);
  if (health.read_store.verdict != health_verdict::damaged || health.verdict == health_verdict::damaged)
    return {};
  health.verdict = health_verdict::damaged;
  health.cause = "read store: " + health.read_store.cause;
  health.advice = "the journal is sound; " + health.read_store.advice;
  return {};
}

} // namespace

auto examine_journal(const std::filesystem::path& directory) -> result<journal_health> {
  journal_health health;
  if (auto looked = look_at_files(directory, health); !looked)
    return fail(looked.error());
  look_at_space(directory, health);
  health.advice = "give the folder of a journal, or let a program make one";
  if (!has(health, "data.mdb") && !has(health, "identity"))
    return health;
  // Nothing is put into the folder of another program's environment.
  auto is_ours = has(health, "identity") || has(health, "owner");
  auto owner = is_ours ? look_for_owner(directory) : found_owner();
  health.owner = owner.state;
  health.owner_process = owner.process;
  auto alarm = journal_alarm::open(directory, open_mode::read_only);
  if (alarm)
    health.alarm = alarm->text().value_or("the alarm cannot be read");
  auto report = verify_in_child({directory});
  // Beside a writer a page may be read while it is written; what is damaged is so the next time too.
  if (report && !report->is_clean() && health.owner == owner_state::running)
    report = verify_in_child({directory});
  if (!report && report.error().code() == journal_errc::not_found)
    return health;
  if (!report && report.error().code() == journal_errc::unsupported_format) {
    health.cause = report.error().message();
    return health;
  }
  if (!report)
    return fail(report.error());
  health.verified = std::move(*report);
  conclude(directory, owner.lock.has_value(), health);
  if (auto looked = look_at_read_store(directory, health); !looked)
    return fail(looked.error());
  return health;
}

} // namespace tusker
