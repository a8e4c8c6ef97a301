#include <tusker/persistence/journal_alarm.hpp>

#include <tusker/persistence/journal_errc.hpp>

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
  if (!file_.is_open())
    return std::string();
  auto bytes = std::array<char, 1'024>{};
  auto got = ::pread(file_.number(), bytes.data(), bytes.size(), 0);
  if (got < 0)
    return failure_at(path_);
  auto text = std::string(bytes.data(), static_cast<std::size_t>(got));
  return text.substr(0, text.find('\n'));
}

void journal_alarm::raise(int file, std::string_view line) noexcept {
  struct stat status {};
  if (file < 0 || ::fstat(file, &status) != 0 || status.st_size > file_bytes_max)
    return;
  auto newline = '\n';
  // One call, so that lines of several processes do not mix. LMDB's pages are synced apart from this.
  auto parts = std::array<iovec, 2>{iovec{const_cast<char*>(line.data()), line.size()}, iovec{&newline, 1}};
  if (::writev(file, parts.data(), parts.size()) > 0)
    ::fdatasync(file);
}

auto journal_alarm::replace(std::string_view line) const -> result<void> {
  // In place: who holds the file open, and is about to raise the alarm, must not be left with a file of no name.
  if (::ftruncate(file_.number(), 0) != 0)
    return failure_at(path_);
  if (!line.empty()) {
    auto text = std::string(line) + "\n";
    if (::write(file_.number(), text.data(), text.size()) != static_cast<ssize_t>(text.size()))
      return failure_at(path_);
  }
  if (::fdatasync(file_.number()) != 0)
    return failure_at(path_);
  return {};
}

} // namespace tusker
