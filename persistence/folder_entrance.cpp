#include <tusker/persistence/folder_entrance.hpp>

#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>

namespace tusker {

namespace {

auto open_itself(const std::filesystem::path& folder) -> result<file_descriptor> {
  auto opened = file_descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.is_open())
    return fail(file_error(folder, last_system_error()));
  return opened;
}

/// Returns 0 or the reason.
auto lock(const file_descriptor& folder, int operation) -> int {
  while (::flock(folder.number(), operation) != 0)
    if (errno != EINTR)
      return errno;
  return 0;
}

} // namespace

auto folder_entrance::pass(const std::filesystem::path& folder) -> result<folder_entrance> {
  auto opened = open_itself(folder);
  if (!opened)
    return fail(opened.error());
  // Where it cannot be shut either, it does not matter whether this succeeded.
  (void)lock(*opened, LOCK_SH);
  return folder_entrance(std::move(*opened));
}

auto folder_entrance::shut(const std::filesystem::path& folder) -> result<folder_entrance> {
  auto opened = open_itself(folder);
  if (!opened)
    return fail(opened.error());
  auto why = lock(*opened, LOCK_EX | LOCK_NB);
  if (why == EWOULDBLOCK)
    return fail(journal_errc::locked,
                "another process is opening or verifying what is in " + folder.string());
  if (why != 0)
    return fail(file_error(folder, {why, std::generic_category()}));
  return folder_entrance(std::move(*opened));
}

} // namespace tusker
