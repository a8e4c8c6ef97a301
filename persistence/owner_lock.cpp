#include <tusker/persistence/owner_lock.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace tusker {

namespace {

auto text_of(int file) -> std::string {
  std::array<char, 32> text{};
  auto length = ::pread(file, text.data(), text.size(), 0);
  return {text.data(), length > 0 ? static_cast<std::size_t>(length) : 0};
}

auto holder_of(int file) -> std::string {
  auto holder = text_of(file);
  return holder.empty() ? "another process" : "process " + holder;
}

/// The id only helps people; the lock alone counts, so a failure to write it is no error.
void write_text(int file, const std::string& text) {
  if (::ftruncate(file, 0) == 0 && ::pwrite(file, text.data(), text.size(), 0) < 0)
    errno = 0;
}

} // namespace

auto owner_lock::take(const std::filesystem::path& directory) -> result<owner_lock> {
  auto path = directory / "owner";
  auto lock = owner_lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.file_ < 0)
    return fail(journal_errc::io_error, path.string() + ": " + std::generic_category().message(errno));
  if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
    auto why = errno;
    if (why != EWOULDBLOCK)
      return fail(journal_errc::io_error, path.string() + ": " + std::generic_category().message(why));
    return fail(journal_errc::locked, "the journal in " + directory.string() + " is in use by " +
                                          holder_of(lock.file_) + "; only one process may write to it");
  }
  lock.left_behind_ = text_of(lock.file_);
  write_text(lock.file_, std::to_string(::getpid()));
  return lock;
}

owner_lock::~owner_lock() {
  if (file_ < 0)
    return;
  write_text(file_, is_visitor_ ? left_behind_ : std::string());
  ::close(file_);
}

} // namespace tusker
