#pragma once

#include <tusker/bench/timed_window.hpp>
#include <tusker/load/latency_histogram.hpp>
#include <tusker/model/error.hpp>

#include <cstdint>
#include <optional>

namespace tusker::bench {

/// What one client did. It has one operation under way at a time, so whoever ends that may write here without a lock.
struct client_record {
  std::uint64_t done = 0;            ///< All its operations, those of the warm-up too.
  load::latency_histogram latencies; ///< Of those that ended within the window.
  std::optional<error> failure;      ///< Why it ended before the window did.

  void take(const timed_window& window, timed_window::time_point begun, timed_window::time_point ended) {
    ++done;
    if (window.counts(ended))
      latencies.record(ended - begun);
  }
};

} // namespace tusker::bench
