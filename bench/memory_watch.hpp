#pragma once

#include <tusker/cli/own_memory.hpp>

#include <algorithm>
#include <chrono>

namespace tusker::bench {

/// The most of its own memory that the process had, looked at ten times a second when it is asked to.
class memory_watch {
public:
  void look(std::chrono::steady_clock::time_point now) {
    if (now < next_look_)
      return;
    next_look_ = now + std::chrono::milliseconds(100);
    peak_mb_ = std::max(peak_mb_, cli::own_memory_mb());
  }

  [[nodiscard]] auto peak_mb() const -> double { return peak_mb_; }

private:
  std::chrono::steady_clock::time_point next_look_{};
  double peak_mb_ = 0;
};

} // namespace tusker::bench
