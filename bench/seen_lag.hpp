#pragma once

#include <tusker/load/latency_histogram.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <vector>

namespace tusker::bench {

/// How long after its acknowledgement an event comes to a subscriber. It looks at one operation of sixteen, so that it
/// stays small however long a run is. Who acknowledges and who sees are different threads.
class seen_lag {
public:
  using time_point = std::chrono::steady_clock::time_point;

  seen_lag() : first_(operations_max / stride) {}

  void acknowledged(std::uint64_t number, time_point at) { meet(number, at, -1); }
  void seen(std::uint64_t number, time_point at) { meet(number, at, 1); }

  /// Of those that were both; one that was seen first counts as 0. REQUIRES: nobody calls the others meanwhile.
  [[nodiscard]] auto latencies() const -> const load::latency_histogram& { return latencies_; }

private:
  static constexpr std::uint64_t stride = 16;
  /// Later ones are not looked at.
  static constexpr std::uint64_t operations_max = std::uint64_t{1} << 24U;

  /// Whoever comes second finds the time of the first. `sign` is 1 for the one that is later as a rule.
  void meet(std::uint64_t number, time_point at, int sign);

  std::vector<std::atomic<std::int64_t>> first_; ///< By number: when the first of the two came; 0: none has.
  std::mutex mutex_;                             // guards what follows
  load::latency_histogram latencies_;
};

} // namespace tusker::bench
