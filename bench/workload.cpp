#include <tusker/bench/workload.hpp>

#include <tusker/bench/filtered_read.hpp>
#include <tusker/bench/index_trade.hpp>
#include <tusker/bench/value_cliff.hpp>

#include <array>

namespace tusker::bench {

auto workloads() -> std::span<const workload> {
  static constexpr std::array all{
      workload{"filtered-read", "Reads a log with filters, against a bare scan with checksums", 1'000'000,
               10'000, run_filtered_read},
      workload{"index-trade", "What indexes over type and category cost an append, and what they give a read",
               1'000'000, 10'000, run_index_trade},
      workload{"value-cliff", "Events of several sizes on disk: as they are, packed by zstd, packed by LZ4",
               20'000, 1'000, run_value_cliff},
  };
  return all;
}

} // namespace tusker::bench
