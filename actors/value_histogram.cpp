#include <tusker/actors/value_histogram.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tusker {

auto histogram_reading::count() const -> std::uint64_t {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

auto histogram_reading::percentile(double percent) const -> std::uint64_t {
  auto all = count();
  if (all == 0 || bounds.empty())
    return 0;
  auto rank = std::max(std::uint64_t{1},
                       static_cast<std::uint64_t>(std::ceil(percent / 100 * static_cast<double>(all))));
  std::uint64_t below = 0;
  for (std::size_t at = 0; at < bounds.size(); ++at) {
    below += counts[at];
    if (below >= rank)
      return bounds[at];
  }
  return bounds.back();
}

void value_histogram::record(std::uint64_t value) {
  auto bucket = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
  counts_.at(static_cast<std::size_t>(bucket)).fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(value, std::memory_order_relaxed);
}

auto value_histogram::read() const -> histogram_reading {
  histogram_reading reading{{bounds_.begin(), bounds_.end()}, {}, 0};
  reading.counts.reserve(bounds_.size() + 1);
  for (std::size_t at = 0; at <= bounds_.size(); ++at)
    reading.counts.push_back(counts_.at(at).load(std::memory_order_relaxed));
  reading.sum = sum_.load(std::memory_order_relaxed);
  return reading;
}

} // namespace tusker
