#include <tusker/persistence/journal_alarm.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tusker {

namespace {

/// A program that crashes over and over must not fill the disk with what it has to say.
constexpr off_t file_bytes_max = off_t{64} << 10U;

/// More than any cause takes that a verification names.
constexpr std::size_t line_bytes_max = 4'096;

/// Adds a line, durably; false leaves the reason in `errno`. Safe in signal handlers.
auto add_line(int file, std::string_view line) noexcept -> bool {
  auto newline = '\n';
  // One call, so that lines of several processes do not mix. LMDB's pages are synced apart from this.
  auto parts = std::array<iovec, 2>{iovec{const_cast<char*>(line.data()), line.size()}, iovec{&newline, 1}};
  auto written = ::writev(file, parts.data(), parts.size());
  if (written >= 0 && static_cast<std::size_t>(written) <= line.size())
    errno = ENOSPC;
  return written > 0 && ::fdatasync(file) == 0 && static_cast<std::size_t>(written) > line.size();
}

auto failure_at(const std::filesystem::path& path) -> tl::unexpected<error> {
  auto why = errno;
  auto code = why == ENOSPC || why == EDQUOT ? journal_errc::storage_full : journal_errc::io_error;
  return fail(code, path.string() + ": " + std::generic_category().message(why));
}

} // namespace

auto journal_alarm::open(const std::filesystem::path& folder, open_mode mode) -> result<journal_alarm> {
  auto path = folder / "alarm";
  constexpr auto flags = O_RDWR | O_APPEND | O_CLOEXEC;
  // A reader makes no file: one that belongs to another user would lock the writer out.
  auto file =
      file_descriptor(::open(path.c_str(), mode == open_mode::read_only ? flags : flags | O_CREAT, 0600));
  if (!file.is_open() && mode == open_mode::read_only && (errno == EACCES || errno == EROFS))
    file = file_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open() && !(mode == open_mode::read_only && errno == ENOENT))
    return failure_at(path);
  return journal_alarm(std::move(path), std::move(file));
}

auto journal_alarm::text() const -> result<std::string> {
  auto bytes = content();
  if (!bytes)
    return bytes;
  std::string_view rest = *bytes;
  std::string_view told = rest.substr(0, rest.find('\n'));
  while (!rest.empty()) {
    auto line = rest.substr(0, rest.find('\n'));
    if (line.starts_with(damaged))
      told = line;
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  if (told.starts_with('\0'))
    return "an alarm that could not be written: the disk was full";
  return std::string(told.substr(0, line_bytes_max));
}

auto journal_alarm::content() const -> result<std::string> {
  std::string bytes;
  auto part = std::array<char, 4'096>{};
  while (file_.is_open()) {
    auto got = ::pread(file_.number(), part.data(), part.size(), static_cast<off_t>(bytes.size()));
    if (got < 0)
      return failure_at(path_);
    if (got == 0)
      break;
    bytes.append(part.data(), static_cast<std::size_t>(got));
  }
  return bytes;
}

void journal_alarm::raise(int file, std::string_view line) noexcept {
  struct stat status {};
  if (file < 0 || ::fstat(file, &status) != 0 || status.st_size > file_bytes_max)
    return;
  // On a disk that is full a hole still fits: an alarm that cannot be told must not look like none.
  if (!add_line(file, line) && ::fstat(file, &status) == 0)
    (void)::ftruncate(file, status.st_size + 1);
}

auto journal_alarm::declare_damaged(std::string_view cause) const -> result<void> {
  auto line = std::string(damaged).append(cause).substr(0, line_bytes_max);
  auto bytes = content();
  auto told = text();
  if (!bytes || !told)
    return fail(bytes ? told.error() : bytes.error());
  auto is_long = bytes->size() > static_cast<std::size_t>(file_bytes_max);
  if (*told == line || (is_long && told->starts_with(damaged)))
    return {};
  // A line that a full disk cut off must not take this one into it.
  if (!bytes->empty() && bytes->back() != '\n')
    line.insert(0, 1, '\n');
  if (add_line(file_.number(), line))
    return {};
  auto failed = failure_at(path_);
  raise("");
  return failed;
}

auto journal_alarm::take_back() const -> result<void> {
  // In place: who holds the file open, and is about to raise the alarm, must not be left with a file of no name.
  if (::ftruncate(file_.number(), 0) != 0 || ::fdatasync(file_.number()) != 0)
    return failure_at(path_);
  return {};
}

} // namespace tusker
