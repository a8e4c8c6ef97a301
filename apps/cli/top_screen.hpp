#pragma once

#include <chrono>
#include <string>
#include <termios.h>

namespace tusker::cli {

/// What woke a view that waits.
enum class screen_event { time_over, quit };

/// The whole terminal for a view that is written over and over: the screen that was there, the cursor and the keys come
/// back at the end. What does not change does not flicker: a frame is written in one piece over the one before.
/// REQUIRES: standard output is a terminal; `catch_interruptions` was called.
class top_screen {
public:
  top_screen();
  top_screen(const top_screen&) = delete;
  auto operator=(const top_screen&) -> top_screen& = delete;
  ~top_screen();

  /// Shows these lines, as many as there is room for.
  void show(const std::string& text) const;

  /// Waits for the time to be over, for a `q`, or for an interruption.
  [[nodiscard]] auto wait(std::chrono::milliseconds time) const -> screen_event;

private:
  bool has_keys_ = false; ///< Standard input is a terminal.
  termios before_{};
};

} // namespace tusker::cli
