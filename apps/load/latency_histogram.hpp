#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace tusker::load {

/// Durations, counted in buckets whose width grows with the value (log-linear, as in HdrHistogram): 59 kB however
/// many are recorded, and a percentile is at most 1/128 above the exact one.
class latency_histogram {
public:
  latency_histogram();

  /// A negative duration counts as 0.
  void record(std::chrono::nanoseconds latency);

  /// Counts all that another one has counted.
  void add(const latency_histogram& other);

  [[nodiscard]] auto count() const -> std::uint64_t { return count_; }

  /// The duration that `percent` of all were not longer than (the nearest rank); 0 when nothing was recorded.
  /// REQUIRES: `percent` is from 0 to 100.
  [[nodiscard]] auto percentile(double percent) const -> std::chrono::nanoseconds;

private:
  std::vector<std::uint64_t> buckets_;
  std::uint64_t count_ = 0;
  std::uint64_t longest_ = 0;
};

} // namespace tusker::load
