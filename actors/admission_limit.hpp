#pragma once

#include <chrono>
#include <cstddef>

namespace tusker {

/// How many commands may be inside a node so that answers come within a target: fewer when they take longer, more
/// when they do not and the room is used. Additive increase, multiplicative decrease, judged ten times a second.
class admission_limit {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// A target of 0 never limits below `inside_max`.
  admission_limit(std::size_t inside_max, std::chrono::milliseconds target);

  /// Notes an answer that took so long, while so many commands were inside. Returns whether the limit has changed.
  auto note(std::chrono::steady_clock::duration took, std::size_t inside, time_point now) -> bool;

  [[nodiscard]] auto limit() const -> std::size_t { return limit_; }

private:
  void judge();

  std::size_t inside_max_;
  std::size_t inside_min_;
  std::chrono::steady_clock::duration target_;
  std::size_t limit_;
  // Of the window that goes on.
  time_point begun_{};
  std::size_t answers_ = 0;
  std::size_t late_ = 0;
  std::size_t most_inside_ = 0;
};

} // namespace tusker
