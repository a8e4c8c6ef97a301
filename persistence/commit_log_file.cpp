#include <tusker/persistence/commit_log_file.hpp>

#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/folder_sync.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/read_at.hpp>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tusker {

namespace {

constexpr std::string_view name_prefix = "log.";
constexpr std::string_view draft_name = "log.new";
constexpr std::size_t zeros_bytes = std::size_t{1} << 20U;

auto name_of(std::uint32_t number) -> std::string {
  return std::string(name_prefix) + std::to_string(number);
}

/// None when no file of a log has this name.
auto number_in(const std::string& name) -> std::optional<std::uint32_t> {
  if (name.compare(0, name_prefix.size(), name_prefix) != 0)
    return std::nullopt;
  std::uint32_t number = 0;
  auto parsed = std::from_chars(name.data() + name_prefix.size(), name.data() + name.size(), number);
  // Compared as a whole: `log.01` and `log.1x` are not of the log.
  if (parsed.ec != std::errc() || name != name_of(number))
    return std::nullopt;
  return number;
}

/// Writes all of it; returns 0 or the reason.
auto write_all(int file, std::uint64_t at, std::string_view bytes) -> int {
  while (!bytes.empty()) {
    auto written = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return errno;
    // A file that takes nothing, and does not say why, would be written for ever.
    if (written == 0)
      return EIO;
    at += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

auto sync_data(int file) -> int {
  while (::fdatasync(file) != 0)
    if (errno != EINTR)
      return errno;
  return 0;
}

auto failure_at(const std::filesystem::path& path, int why) -> error {
  return file_error(path, {why, std::generic_category()});
}

/// Zeros from the beginning to the end, on the disk. Written, not only reserved: a block that is written for the first
/// time later has to be noted as written in the file system's own log too, with each sync.
auto fill_with_zeros(int file, std::uint64_t bytes) -> int {
  const auto zeros = std::string(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, zeros_bytes)), '\0');
  for (std::uint64_t at = 0; at < bytes; at += zeros.size()) {
    auto part = std::string_view(zeros).substr(0, static_cast<std::size_t>(bytes - at));
    if (auto why = write_all(file, at, part); why != 0)
      return why;
  }
  return ::fsync(file) == 0 ? 0 : errno;
}

} // namespace

auto commit_log_file::open(const std::filesystem::path& directory, std::uint32_t number,
                           commit_log_access access) -> result<commit_log_file> {
  auto path = directory / name_of(number);
  auto mode = access == commit_log_access::write ? O_RDWR : O_RDONLY;
  auto file = file_descriptor(::open(path.c_str(), mode | O_CLOEXEC));
  if (!file.is_open() && errno == ENOENT)
    return fail(journal_errc::not_found, path.string() + " is gone");
  struct stat status {};
  if (!file.is_open() || ::fstat(file.number(), &status) != 0)
    return fail(file_error(path, last_system_error()));
  if (!S_ISREG(status.st_mode))
    return fail(journal_errc::io_error, path.string() + " is not a file");
  return commit_log_file(std::move(path), number, static_cast<std::uint64_t>(status.st_size),
                         std::move(file));
}

auto commit_log_file::make(const std::filesystem::path& directory, std::uint32_t number, std::uint64_t bytes)
    -> result<commit_log_file> {
  auto path = directory / name_of(number);
  auto draft = directory / draft_name;
  auto file = file_descriptor(::open(draft.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!file.is_open())
    return fail(file_error(draft, last_system_error()));
  auto why = fill_with_zeros(file.number(), bytes);
  if (why == 0 && ::rename(draft.c_str(), path.c_str()) != 0)
    why = errno;
  if (why != 0) {
    // What a full disk kept of it is wanted elsewhere.
    ::unlink(draft.c_str());
    return fail(failure_at(draft, why));
  }
  if (auto synced = sync_folder(directory); !synced) {
    ::unlink(path.c_str());
    return fail(synced.error());
  }
  return commit_log_file(std::move(path), number, bytes, std::move(file));
}

auto commit_log_file::read(std::uint64_t at, std::size_t count) const -> result<std::string> {
  std::string bytes(count, '\0');
  if (auto why = read_at(file_.number(), at, bytes))
    return fail(file_error(path_, why));
  return bytes;
}

auto commit_log_file::write(std::uint64_t at, std::string_view bytes) const -> result<void> {
  if (auto why = write_all(file_.number(), at, bytes); why != 0)
    return fail(failure_at(path_, why));
  return {};
}

auto commit_log_file::sync() const -> result<void> {
  // Also when the disk is said to be full: what a sync that failed has left behind nobody knows.
  if (auto why = sync_data(file_.number()); why != 0)
    return fail(journal_errc::io_error, failure_at(path_, why).message());
  return {};
}

auto commit_log_file::flush() const -> result<void> {
  if (auto why = sync_data(file_.number()); why != 0)
    return fail(failure_at(path_, why));
  return {};
}

auto commit_log_file::settle() const -> result<void> {
  if (auto flushed = flush(); !flushed)
    return flushed;
  // Advice only: where it is not taken, memory and disk are the same.
  (void)::posix_fadvise(file_.number(), 0, 0, POSIX_FADV_DONTNEED);
  return {};
}

auto commit_log_file::remove() const -> result<void> {
  if (::unlink(path_.c_str()) != 0 && errno != ENOENT)
    return fail(file_error(path_, last_system_error()));
  return {};
}

auto commit_log_numbers(const std::filesystem::path& directory) -> result<std::vector<std::uint32_t>> {
  std::vector<std::uint32_t> numbers;
  std::error_code failed;
  auto entry = std::filesystem::directory_iterator(directory, failed);
  for (; !failed && entry != std::filesystem::directory_iterator(); entry.increment(failed))
    if (auto number = number_in(entry->path().filename().string()))
      numbers.push_back(*number);
  if (failed)
    return fail(file_error(directory, failed));
  std::ranges::sort(numbers);
  return numbers;
}

} // namespace tusker
