#pragma once

#include <tusker/model/timestamp.hpp>

#include <cstdint>
#include <deque>

namespace tusker {

/// How many events a second, over the last while: from the first commit that is younger than the window to now.
class progress_rate {
public:
  explicit progress_rate(std::chrono::microseconds window = std::chrono::seconds(10)) : window_(window) {}

  void note(timestamp now, std::uint64_t events);

  [[nodiscard]] auto per_second(timestamp now) const -> double;

private:
  /// Commits of a tenth of the window are one entry.
  struct entry {
    timestamp since;
    std::uint64_t events = 0;
  };

  void forget(timestamp now);

  std::chrono::microseconds window_;
  std::deque<entry> entries_;
};

} // namespace tusker
