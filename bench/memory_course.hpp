#pragma once

#include <tusker/bench/measurement.hpp>
#include <tusker/bench/timed_window.hpp>

#include <cstddef>
#include <functional>
#include <mutex>
#include <vector>

namespace tusker::bench {

/// How much memory the process had at the end of each tenth of a window. Any thread may look.
class memory_course {
public:
  static constexpr std::size_t tenths = 10;

  /// `memory_mb` is asked ten times.
  memory_course(const timed_window& window, std::function<double()> memory_mb);

  /// Takes down how much it is, if a tenth has ended that has nothing yet. Called often, as when an operation ends.
  void look(timed_window::time_point now);

  /// Each tenth, and the most in either half: `rss_anon_half_1_most_mb` and `rss_anon_half_2_most_mb`. A tenth that
  /// nobody looked behind is 0. REQUIRES: nobody looks any more.
  [[nodiscard]] auto figures() const -> std::vector<figure>;

private:
  const timed_window& window_;
  std::function<double()> memory_mb_;
  std::mutex mutex_; // guards what follows
  std::vector<double> seen_mb_;
};

/// A run of a minute or more is long enough to judge from.
[[nodiscard]] auto is_memory_judged(double seconds) -> bool;

/// That the second half has at most a tenth more than the first one had. REQUIRES: the line has a course's figures.
[[nodiscard]] auto claim_of_memory(const measurement& line) -> claim;

} // namespace tusker::bench
