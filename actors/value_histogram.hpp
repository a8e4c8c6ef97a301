#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tusker {

/// What a histogram has counted.
struct histogram_reading {
  /// The upper bounds of the buckets, each included, ascending.
  std::vector<std::uint64_t> bounds;
  /// How many values fell into each bucket, and last those above all bounds.
  std::vector<std::uint64_t> counts;
  std::uint64_t sum = 0; ///< Of all values.

  [[nodiscard]] auto count() const -> std::uint64_t;
  /// The upper bound of the bucket with the value that `percent` of all are not above (the nearest rank); 0 when there
  /// are none, the last bound for one above all of them. REQUIRES: `percent` is from 0 to 100.
  [[nodiscard]] auto percentile(double percent) const -> std::uint64_t;

  friend auto operator==(const histogram_reading&, const histogram_reading&) -> bool = default;
};

/// Counts values in buckets with fixed bounds. Any thread may record at any time, without a lock: two additions. A
/// reading that is taken meanwhile may have one value in its buckets and not yet in its sum.
class value_histogram {
public:
  static constexpr std::size_t buckets_max = 20;

  /// REQUIRES: `bounds` ascend, there are `buckets_max` at the most, and they outlive this.
  explicit value_histogram(std::span<const std::uint64_t> bounds) : bounds_(bounds) {}

  void record(std::uint64_t value);
  [[nodiscard]] auto read() const -> histogram_reading;

private:
  std::span<const std::uint64_t> bounds_;
  std::array<std::atomic<std::uint64_t>, buckets_max + 1> counts_{};
  std::atomic<std::uint64_t> sum_{0};
};

} // namespace tusker
