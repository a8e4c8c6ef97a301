#pragma once

#include <tusker/model/retry_policy.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>

namespace tusker {

/// How often something may be started again before its supervisor gives up: so many times within a window, each
/// time a while later.
class restart_budget {
public:
  using time_point = std::chrono::steady_clock::time_point;

  restart_budget(std::size_t restarts_max, std::chrono::milliseconds window, retry_policy delays)
      : restarts_max_(restarts_max), window_(window), delays_(delays) {}

  /// Spends one restart. How long to wait for it; none when there have been too many.
  /// REQUIRES: 0 ≤ `lot` ≤ 1, drawn by the caller.
  [[nodiscard]] auto spend(time_point now, double lot) -> std::optional<std::chrono::milliseconds>;

private:
  std::size_t restarts_max_;
  std::chrono::milliseconds window_;
  retry_policy delays_;
  std::deque<time_point> spent_;
};

} // namespace tusker
