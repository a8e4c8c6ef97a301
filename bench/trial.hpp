#pragma once

#include <tusker/bench/client_record.hpp>
#include <tusker/bench/measurement.hpp>
#include <tusker/load/latency_histogram.hpp>
#include <tusker/model/result.hpp>

#include <chrono>
#include <cstdint>
#include <vector>

namespace tusker::bench {

/// What one run of one system came to.
struct trial {
  std::uint64_t counted = 0; ///< Operations that ended within the window.
  std::uint64_t done = 0;    ///< All of them.
  double seconds = 0;        ///< The window's length.
  load::latency_histogram latencies;
  std::vector<figure> figures; ///< Besides; of several runs the median of each counts.
  bool is_right = true;

  [[nodiscard]] auto per_second() const -> double {
    return seconds > 0 ? static_cast<double>(counted) / seconds : 0;
  }
};

/// What clients did together. Errors: what ended one of them early.
[[nodiscard]] auto sum_up(const std::vector<client_record>& clients, const timed_window& window)
    -> result<trial>;

[[nodiscard]] auto microseconds(std::chrono::nanoseconds time) -> double;

} // namespace tusker::bench
