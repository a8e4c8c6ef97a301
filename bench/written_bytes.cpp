#include <tusker/bench/written_bytes.hpp>

#include <fstream>
#include <string>

namespace tusker::bench {

auto written_bytes() -> std::uint64_t {
  std::ifstream in("/proc/self/io");
  std::string name;
  std::uint64_t value = 0;
  while (in >> name >> value)
    if (name == "write_bytes:")
      return value;
  return 0;
}

} // namespace tusker::bench
