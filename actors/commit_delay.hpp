#pragma once

#include <chrono>
#include <cstddef>

namespace tusker {

/// How long a commit is put off for those who will come in a moment: each commit more costs a flush more. It is put off
/// while fewer than half of the commands under way are in it, as long as they come one close behind the other, and for
/// a small part of what the last commit took. So one command alone waits for nobody, and nobody waits for long.
class commit_delay {
public:
  using duration = std::chrono::steady_clock::duration;
  using time_point = std::chrono::steady_clock::time_point;

  /// What the last commit took; before the first one none is put off.
  void commit_took(duration last);

  /// So many are in the commit that is due now.
  void begin(time_point now, std::size_t items);

  /// Whether it is put off still, now that so many are in it and so many commands under way, these among them.
  [[nodiscard]] auto goes_on(time_point now, std::size_t items, std::size_t under_way) -> bool;

private:
  duration gap_max_{};  ///< From one that came to the next.
  duration wait_max_{}; ///< In all.
  time_point begun_;
  time_point last_came_;
  std::size_t items_ = 0;
};

} // namespace tusker
