#include <tusker/load/latency_histogram.hpp>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace tusker::load {

namespace {

/// Each power of two is split into so many buckets, which is what bounds the relative error.
constexpr unsigned split_bits = 7;
constexpr std::uint64_t split = std::uint64_t{1} << split_bits;
constexpr std::size_t bucket_count = (64 - split_bits + 1) * split;

/// Values below `split` have a bucket each. Above, the bucket is the value's power of two and the `split_bits` bits
/// after the leading one.
auto bucket_of(std::uint64_t value) -> std::size_t {
  if (value < split)
    return static_cast<std::size_t>(value);
  auto shift = static_cast<unsigned>(std::bit_width(value)) - 1 - split_bits;
  return static_cast<std::size_t>((std::uint64_t{shift} + 1) * split + ((value >> shift) - split));
}

/// The largest value of a bucket.
auto top_of(std::size_t bucket) -> std::uint64_t {
  if (bucket < split)
    return bucket;
  auto shift = bucket / split - 1;
  auto lowest = (split + bucket % split) << shift;
  return lowest + ((std::uint64_t{1} << shift) - 1);
}

} // namespace

latency_histogram::latency_histogram() : buckets_(bucket_count) {}

void latency_histogram::record(std::chrono::nanoseconds latency) {
  auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(latency.count(), 0));
  ++buckets_[bucket_of(value)];
  ++count_;
  longest_ = std::max(longest_, value);
}

void latency_histogram::add(const latency_histogram& other) {
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket)
    buckets_[bucket] += other.buckets_[bucket];
  count_ += other.count_;
  longest_ = std::max(longest_, other.longest_);
}

auto latency_histogram::percentile(double percent) const -> std::chrono::nanoseconds {
  assert(percent >= 0 && percent <= 100);
  if (count_ == 0)
    return {};
  auto rank = static_cast<std::uint64_t>(std::ceil(percent / 100 * static_cast<double>(count_)));
  rank = std::clamp<std::uint64_t>(rank, 1, count_);
  std::uint64_t passed = 0;
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    passed += buckets_[bucket];
    // Nothing was longer than the longest, whatever its bucket could hold.
    if (passed >= rank)
      return std::chrono::nanoseconds(static_cast<std::int64_t>(std::min(top_of(bucket), longest_)));
  }
  return std::chrono::nanoseconds(static_cast<std::int64_t>(longest_));
}

} // namespace tusker::load
