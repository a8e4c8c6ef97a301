#pragma once

#include <tusker/bench/timed_window.hpp>
#include <tusker/load/latency_histogram.hpp>

#include <cstdint>
#include <functional>
#include <mutex>
#include <vector>

namespace tusker::bench {

/// Whether a run keeps its pace: how many operations ended in each second, how long those of its first and of its last
/// part took, how much memory the process had at the end of the first part, halfway, and at the end, and how much that
/// was acknowledged the data file lacked. A part is a fifth of the window, a minute at the most. Any thread may record.
class pace {
public:
  using time_point = timed_window::time_point;

  struct gauges {
    std::function<double()> memory_mb;    ///< Asked three times.
    std::function<double()> unapplied_mb; ///< Asked once a tenth of a second.
  };

  pace(const timed_window& window, gauges of);

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
  /// The most that was seen.
  [[nodiscard]] auto unapplied_most_mb() const -> double { return unapplied_most_mb_; }

private:
  const timed_window& window_;
  gauges gauges_;
  double part_seconds_;
  std::mutex mutex_; // guards what follows
  std::vector<std::uint64_t> seconds_;
  load::latency_histogram first_;
  load::latency_histogram last_;
  memory memory_;
  std::uint64_t tenths_seen_ = 0; ///< Of a second, up to which the data file was looked at.
  double unapplied_most_mb_ = 0;
};

} // namespace tusker::bench
