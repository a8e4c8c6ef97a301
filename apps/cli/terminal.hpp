#pragma once

#include <cstddef>

namespace tusker::cli {

/// What is known about where a stream of text goes.
struct terminal {
  bool is_terminal = false;
  /// Colours and bold are wanted: it is a terminal that can, and NO_COLOR (no-color.org) is not set.
  bool has_colours = false;
  /// Columns of the terminal; 0 when it has no edge, as a file has none.
  std::size_t columns = 0;
  /// Arrows and lines that are no ASCII can be shown: the locale is one of UTF-8.
  bool has_unicode = true;
};

/// Looks at a file descriptor: 1 is standard output, 2 is standard error.
[[nodiscard]] auto inspect_terminal(int file) -> terminal;

} // namespace tusker::cli
