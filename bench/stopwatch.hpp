#pragma once

#include <chrono>

namespace tusker::bench {

/// Counts seconds from its making.
class stopwatch {
public:
  [[nodiscard]] auto seconds() const -> double {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
  }

private:
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

} // namespace tusker::bench
