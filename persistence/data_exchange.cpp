#include <tusker/persistence/data_exchange.hpp>

#include <tusker/persistence/file_descriptor.hpp>
#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/folder_entrance.hpp>
#include <tusker/persistence/folder_sync.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>

namespace tusker {

namespace {

/// Takes the lock that LMDB 0.9 takes on the first byte of its lock file: shared by all that have the environment
/// open, exclusive for who is the first. It is this process's, so it ends when any descriptor of the file is closed.
/// None when there is no such file, and so nobody has the environment open.
auto shut_out_readers(const std::filesystem::path& directory) -> result<file_descriptor> {
  auto path = directory / "lock.mdb";
  auto file = file_descriptor(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  if (!file.is_open() && errno == ENOENT)
    return file;
  if (!file.is_open())
    return fail(file_error(path, last_system_error()));
  struct flock first_byte {};
  first_byte.l_type = F_WRLCK;
  first_byte.l_whence = SEEK_SET;
  first_byte.l_len = 1;
  if (::fcntl(file.number(), F_SETLK, &first_byte) == 0)
    return file;
  if (errno == EACCES || errno == EAGAIN)
    return fail(journal_errc::locked,
                "another process reads the journal in " + directory.string() + ": end it first");
  return fail(file_error(path, last_system_error()));
}

} // namespace

auto exchange_data_file(const std::filesystem::path& directory, const std::filesystem::path& other)
    -> result<void> {
  auto entrance = folder_entrance::shut(directory);
  if (!entrance)
    return fail(entrance.error());
  auto readers = shut_out_readers(directory);
  if (!readers)
    return fail(readers.error());
  auto data = directory / "data.mdb";
  if (::rename(other.c_str(), data.c_str()) != 0)
    return fail(file_error(data, last_system_error()));
  return sync_folder(directory);
}

} // namespace tusker
