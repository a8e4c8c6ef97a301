#pragma once

#include <tusker/bench/measurement.hpp>
#include <tusker/bench/trial.hpp>
#include <tusker/model/result.hpp>

#include <functional>
#include <string>
#include <vector>

namespace tusker::bench {

/// A system that is measured, and what its runs came to.
struct contender {
  std::string system;
  std::string notes;
  /// For a limit the name of the ratio of others to it: `ratio` or another; of several with the same name the best of
  /// each round counts. Empty for what is compared with the limits.
  std::string limit_of;
  std::function<result<trial>()> run;
  std::vector<trial> trials = {};
};

/// Runs all in turns, so many rounds, so that a ratio is of two that ran one shortly after the other. Errors: those of
/// a run.
[[nodiscard]] auto hold_contest(std::vector<contender>& all, unsigned rounds) -> result<void>;

/// A line for each: the median rate, percentiles over all rounds, and for what is no limit its ratios of operations a
/// second to each limit, and how much longer its median operation takes than with the first limit. `first` is what all
/// lines have in common.
[[nodiscard]] auto lines_of(const std::vector<contender>& all, const measurement& first)
    -> std::vector<measurement>;

} // namespace tusker::bench
