#include <tusker/load/latency_histogram.hpp>

#include <tusker_test/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using std::chrono::nanoseconds;
using tusker::load::latency_histogram;

namespace {

auto exact_percentile(std::vector<std::int64_t> values, double percent) -> std::int64_t {
  std::sort(values.begin(), values.end());
  auto rank = static_cast<std::size_t>(std::ceil(percent / 100 * static_cast<double>(values.size())));
  return values[std::max<std::size_t>(rank, 1) - 1];
}

void check_against_exact(const std::vector<std::int64_t>& values) {
  latency_histogram histogram;
  for (auto value : values)
    histogram.record(nanoseconds(value));
  CHECK(histogram.count() == values.size());
  for (double percent : {0.0, 1.0, 50.0, 90.0, 99.0, 99.9, 100.0}) {
    CAPTURE(percent);
    auto exact = exact_percentile(values, percent);
    auto found = histogram.percentile(percent).count();
    CHECK(found >= exact);
    CHECK(static_cast<double>(found - exact) <= static_cast<double>(exact) / 128);
  }
}

} // namespace

TEST_CASE("a histogram of nothing says 0") {
  CHECK(latency_histogram().percentile(50) == nanoseconds(0));
}

TEST_CASE("small values are exact") {
  latency_histogram histogram;
  for (int value = 1; value <= 100; ++value)
    histogram.record(nanoseconds(value));
  CHECK(histogram.percentile(50) == nanoseconds(50));
  CHECK(histogram.percentile(99) == nanoseconds(99));
  CHECK(histogram.percentile(100) == nanoseconds(100));
  CHECK(histogram.percentile(0) == nanoseconds(1));
}

TEST_CASE("percentiles are within 1/128 above the exact ones, over all magnitudes") {
  std::mt19937_64 engine(42);
  std::vector<std::int64_t> uniform;
  std::vector<std::int64_t> skewed;
  for (int at = 0; at < 20'000; ++at) {
    uniform.push_back(static_cast<std::int64_t>(engine() % 10'000'000));
    skewed.push_back(static_cast<std::int64_t>(engine() >> (1 + engine() % 62)));
  }
  check_against_exact(uniform);
  check_against_exact(skewed);
}

TEST_CASE("two histograms together say what one of all would have said") {
  latency_histogram all;
  latency_histogram small;
  latency_histogram large;
  for (int value = 1; value <= 1'000; ++value) {
    all.record(nanoseconds(value * value));
    (value < 300 ? small : large).record(nanoseconds(value * value));
  }
  small.add(large);
  CHECK(small.count() == 1'000);
  for (double percent : {0.0, 25.0, 50.0, 99.0, 100.0})
    CHECK(small.percentile(percent) == all.percentile(percent));
}

TEST_CASE("the extremes of durations are recorded") {
  latency_histogram histogram;
  histogram.record(nanoseconds(-5));
  CHECK(histogram.percentile(100) == nanoseconds(0));
  histogram.record(nanoseconds::max());
  CHECK(histogram.percentile(100) == nanoseconds::max());
}

TEST_CASE("values at the edges of buckets are never reported below themselves") {
  for (unsigned bit = 0; bit < 63; ++bit) {
    for (std::int64_t step : {-1, 0, 1}) {
      auto value = (std::int64_t{1} << bit) + step;
      latency_histogram histogram;
      histogram.record(nanoseconds(value));
      CHECK(histogram.percentile(50) == nanoseconds(value));
    }
  }
}
