#include <tusker/cli/own_memory.hpp>

#include <fstream>
#include <string>

namespace tusker::cli {

auto own_memory_mb() -> double {
  constexpr double kib_per_mib = 1'024;
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    if (word == "RssAnon:") {
      double kib = 0;
      status >> kib;
      return kib / kib_per_mib;
    }
  }
  return 0;
}

} // namespace tusker::cli
