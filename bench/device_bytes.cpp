#include <tusker/bench/device_bytes.hpp>

#include <fstream>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace tusker::bench {

auto device_bytes(const std::filesystem::path& path) -> std::uint64_t {
  constexpr std::uint64_t sector = 512; // in this file, whatever the device has
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0)
    return 0;
  std::ifstream in("/proc/diskstats");
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);
    unsigned device_major = 0;
    unsigned device_minor = 0;
    std::string name;
    std::uint64_t reads = 0;
    std::uint64_t merged_reads = 0;
    std::uint64_t sectors_read = 0;
    std::uint64_t read_ms = 0;
    std::uint64_t writes = 0;
    std::uint64_t merged_writes = 0;
    std::uint64_t sectors_written = 0;
    fields >> device_major >> device_minor >> name >> reads >> merged_reads >> sectors_read >> read_ms >>
        writes >> merged_writes >> sectors_written;
    if (fields && device_major == major(found.st_dev) && device_minor == minor(found.st_dev))
      return sectors_written * sector;
  }
  return 0;
}

} // namespace tusker::bench
