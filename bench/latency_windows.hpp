#pragma once

#include <tusker/load/latency_histogram.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>

namespace tusker::bench {

/// Latencies by seconds: how much worse the worst second was than the minute before it.
class latency_windows {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// `is_judged` is asked at the end of each second whether that one counts.
  latency_windows(time_point begun, std::function<bool()> is_judged);

  /// An answer that came at that time; times do not go back. A second that is not over when the last answer comes does
  /// not count.
  void record(time_point at, std::chrono::nanoseconds latency);

  /// The largest ratio of a judged second's 99th percentile to that of the minute before it, or of what there was of
  /// one: from the fifth second on. 0 when none was judged.
  [[nodiscard]] auto worst_ratio() const -> double { return worst_ratio_; }
  [[nodiscard]] auto judged() const -> std::uint64_t { return judged_; }

  /// Of all answers.
  [[nodiscard]] auto all() const -> const load::latency_histogram& { return all_; }

private:
  void close_window();

  time_point window_begun_;
  std::function<bool()> is_judged_;
  load::latency_histogram window_;
  std::deque<load::latency_histogram> before_; ///< Of the last minute, the oldest first.
  load::latency_histogram all_;
  std::uint64_t closed_ = 0;
  std::uint64_t judged_ = 0;
  double worst_ratio_ = 0;
};

} // namespace tusker::bench
