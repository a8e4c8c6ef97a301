#pragma once

#include <tusker/cli/terminal.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace tusker::cli {

/// One line on standard error that is written over and over while work goes on. Only on a terminal; elsewhere
/// nothing is written. Not for several threads.
class progress_line {
public:
  using clock = std::chrono::steady_clock;

  explicit progress_line(const terminal& standard_error) : where_(standard_error) {}
  ~progress_line() { clear(); }
  progress_line(const progress_line&) = delete;
  auto operator=(const progress_line&) -> progress_line& = delete;

  /// Whether enough time has passed for the line to be written again: ask before making its text.
  [[nodiscard]] auto is_due() const -> bool;

  void show(const std::string& text);

  /// Takes the line away, so that something else can be printed.
  void clear();

private:
  terminal where_;
  std::optional<clock::time_point> shown_at_;
  bool is_shown_ = false;
};

} // namespace tusker::cli
