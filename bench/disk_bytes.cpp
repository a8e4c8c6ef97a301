#include <tusker/bench/disk_bytes.hpp>

#include <system_error>

#include <sys/stat.h>

namespace tusker::bench {

auto disk_bytes(const std::filesystem::path& folder) -> std::uint64_t {
  constexpr std::uint64_t block_bytes = 512; // Of `st_blocks`, whatever blocks the file system has.
  std::uint64_t sum = 0;
  std::error_code ignored; // What is not there takes nothing.
  for (const auto& file : std::filesystem::directory_iterator(folder, ignored)) {
    struct ::stat status {};
    if (::stat(file.path().c_str(), &status) == 0)
      sum += static_cast<std::uint64_t>(status.st_blocks) * block_bytes;
  }
  return sum;
}

} // namespace tusker::bench
