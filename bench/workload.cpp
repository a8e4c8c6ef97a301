#include <tusker/bench/workload.hpp>

#include <tusker/bench/filtered_read.hpp>

#include <array>

namespace tusker::bench {

auto workloads() -> std::span<const workload> {
  static constexpr std::array all{
      workload{"filtered-read", "Reads a log with filters, against a bare scan with checksums", 1'000'000,
               10'000, run_filtered_read},
  };
  return all;
}

} // namespace tusker::bench
