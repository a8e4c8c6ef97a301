#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace tusker {

enum class gate_verdict { entered, full, closed };

/// Lets commands into a node, counts those inside, and shuts. Safe for threads.
class command_gate {
public:
  explicit command_gate(std::size_t inside_max) : inside_max_(inside_max) {}

  /// After `entered`, one `leave` must follow.
  [[nodiscard]] auto enter() -> gate_verdict;
  void leave();

  void open();
  /// From now on so many may be inside. Those that are stay.
  void limit(std::size_t inside_max);
  /// From now on nobody enters.
  void close();

  /// Waits until nobody is inside. Returns whether that came within `timeout`.
  [[nodiscard]] auto wait_until_empty(std::chrono::milliseconds timeout) -> bool;

  [[nodiscard]] auto inside() const -> std::size_t;
  [[nodiscard]] auto inside_max() const -> std::size_t;

private:
  mutable std::mutex mutex_;
  std::condition_variable emptied_;
  std::size_t inside_max_;
  std::size_t inside_ = 0;
  bool is_open_ = false;
};

} // namespace tusker
