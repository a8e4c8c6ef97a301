#include <tusker/persistence/owner_lock.hpp>

#include <tusker/persistence/file_error.hpp>
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

auto holder_of(int file) -> std::string {
  std::array<char, 32> text{};
  auto length = ::pread(file, text.data(), text.size(), 0);
  auto holder = std::string(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
  return holder.empty() ? "another process" : "process " + holder;
}

} // namespace

auto owner_lock::take(const std::filesystem::path& directory) -> result<owner_lock> {
  auto path = directory / "owner";
  auto lock = owner_lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.file_ < 0)
    return fail(file_error(path, last_system_error()));
  if (::flock(lock.file_, LOCK_EX | LOCK_NB) != 0) {
    auto why = last_system_error();
    if (why != std::errc::operation_would_block)
      return fail(file_error(path, why));
    return fail(journal_errc::locked, "the journal in " + directory.string() + " is in use by " +
                                          holder_of(lock.file_) + "; only one process may write to it");
  }
  // The id only helps people; the lock alone counts, so a failure to write it is no error.
  auto id = std::to_string(::getpid());
  if (::ftruncate(lock.file_, 0) == 0 && ::pwrite(lock.file_, id.data(), id.size(), 0) < 0)
    errno = 0;
  return lock;
}

owner_lock::~owner_lock() {
  if (file_ >= 0)
    ::close(file_);
}

} // namespace tusker
