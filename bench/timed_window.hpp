#pragma once

#include <chrono>

namespace tusker::bench {

/// The time within which a run counts what ends: behind a warm-up, so that caches are filled and batches have their
/// size.
class timed_window {
public:
  using clock = std::chrono::steady_clock;
  using time_point = clock::time_point;

  static constexpr std::chrono::milliseconds warm_up{500};

  /// Opens after the warm-up, counted from `begun` on.
  explicit timed_window(double seconds, time_point begun = clock::now())
      : seconds_(seconds), opens_(begun + warm_up),
        closes_(opens_ +
                std::chrono::duration_cast<clock::duration>(std::chrono::duration<double>(seconds))) {}

  [[nodiscard]] auto counts(time_point now) const -> bool { return now >= opens_ && now < closes_; }
  [[nodiscard]] auto is_over(time_point now) const -> bool { return now >= closes_; }

  [[nodiscard]] auto seconds() const -> double { return seconds_; }
  [[nodiscard]] auto opens() const -> time_point { return opens_; }

private:
  double seconds_;
  time_point opens_;
  time_point closes_;
};

} // namespace tusker::bench
