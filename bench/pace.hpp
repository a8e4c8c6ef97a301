#pragma once

#include <tusker/bench/timed_window.hpp>
#include <tusker/load/latency_histogram.hpp>

#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

namespace tusker::bench {

/// Whether a run keeps its pace: how many operations ended in each second, how long those of its first and of its last
/// part took, and how much memory the process had at the end of the first part, halfway, and at the end. A part is a
/// fifth of the window, a minute at the most. Any thread may record.
class pace {
public:
  using time_point = timed_window::time_point;

  /// `memory_mb` is asked three times.
  pace(const timed_window& window, std::function<double()> memory_mb);

  /// An operation that ended; one that did so outside of the window does not count.
  void record(time_point begun, time_point ended);

  // What follows REQUIRES that nobody records any more.

  /// Of the whole seconds of the window, or of a window that is shorter, the least.
  [[nodiscard]] auto least_second() const -> std::uint64_t;
  [[nodiscard]] auto first() const -> const load::latency_histogram& { return first_; }
  [[nodiscard]] auto last() const -> const load::latency_histogram& { return last_; }

  struct memory {
    double first_mb = 0;
    double half_mb = 0;
    double last_mb = 0;
  };
  /// 0 for a moment that no operation came behind.
  [[nodiscard]] auto memory_seen() const -> const memory& { return memory_; }

private:
  const timed_window& window_;
  std::function<double()> memory_mb_;
  double part_seconds_;
  std::mutex mutex_; // guards what follows
  std::vector<std::uint64_t> seconds_;
  load::latency_histogram first_;
  load::latency_histogram last_;
  memory memory_;
};

} // namespace tusker::bench
