#include <tusker/persistence/lmdb_meta_settle.hpp>

#include <tusker/persistence/file_descriptor.hpp>
#include <tusker/persistence/file_error.hpp>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace tusker {

auto settle_lmdb_metas(const std::filesystem::path& file) -> result<void> {
  constexpr off_t meta_pages = 2;
  auto opened = file_descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened.is_open())
    return errno == ENOENT ? result<void>() : fail(file_error(file, last_system_error()));
  while (::fdatasync(opened.number()) != 0)
    if (errno != EINTR)
      return fail(file_error(file, last_system_error()));
  // Advice only: where it is not taken, as while another process reads the journal, memory has them as before.
  (void)::posix_fadvise(opened.number(), 0, meta_pages * ::sysconf(_SC_PAGESIZE), POSIX_FADV_DONTNEED);
  return {};
}

} // namespace tusker
