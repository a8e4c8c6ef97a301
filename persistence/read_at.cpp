#include <tusker/persistence/read_at.hpp>

#include <cerrno>
#include <unistd.h>

namespace tusker {

auto read_at(int file, std::uint64_t at, std::string& bytes) -> std::error_code {
  std::size_t done = 0;
  while (done < bytes.size()) {
    auto got = ::pread(file, bytes.data() + done, bytes.size() - done, static_cast<off_t>(at + done));
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return {errno, std::generic_category()};
    if (got == 0)
      break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return {};
}

} // namespace tusker
