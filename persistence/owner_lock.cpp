#include <tusker/persistence/owner_lock.hpp>

#include <tusker/persistence/file_descriptor.hpp>
#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <utility>

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

auto owner_lock::take(const std::filesystem::path& directory, std::string_view what) -> result<owner_lock> {
  auto path = directory / "owner";
  auto file = file_descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file.is_open())
    return fail(file_error(path, last_system_error()));
  if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
    auto why = last_system_error();
    if (why != std::errc::operation_would_block)
      return fail(file_error(path, why));
    return fail(journal_errc::locked, "the " + std::string(what) + " in " + directory.string() +
                                          " is in use by " + holder_of(file.number()) +
                                          "; only one process may write to it");
  }
  // Not before it is locked: what has the lock clears the file at its end.
  auto lock = owner_lock(std::move(file));
  lock.left_behind_ = text_of(lock.file_.number());
  write_text(lock.file_.number(), std::to_string(::getpid()));
  return lock;
}

owner_lock::~owner_lock() {
  if (file_.is_open())
    write_text(file_.number(), is_visitor_ ? left_behind_ : std::string());
}

auto owner_in(const std::filesystem::path& directory) -> std::string {
  auto file = file_descriptor(::open((directory / "owner").c_str(), O_RDONLY | O_CLOEXEC));
  return file.is_open() ? text_of(file.number()) : std::string();
}

} // namespace tusker
