#pragma once

#include <chrono>
#include <cstddef>

namespace tusker {

/// How long a commit is put off for those who will come in a moment: each commit more costs a flush more. It is put off
/// while it has fewer than half as many steps as there are aggregates at work, as long as they come one close behind
/// the other, and for a small part of what the last commit took. So one command alone waits for nobody, nor does one
/// behind which others wait for their turn at its aggregate, and nobody waits for long.
class commit_delay {
public:
  using duration = std::chrono::steady_clock::duration;
  using time_point = std::chrono::steady_clock::time_point;

  /// What the last commit took; before the first one none is put off.
  void commit_took(duration last);

  /// So many are in the commit that is due now.
  void begin(time_point now, std::size_t items);

  /// Whether it is put off still, now that so many are in it and so many aggregates at work. Most of what is in it is
  /// theirs; a little is the node's own.
  [[nodiscard]] auto goes_on(time_point now, std::size_t items, std::size_t at_work) -> bool;

private:
  duration gap_max_{};  ///< From one that came to the next.
  duration wait_max_{}; ///< In all.
  time_point begun_;
  time_point last_came_;
  std::size_t items_ = 0;
};

} // namespace tusker
