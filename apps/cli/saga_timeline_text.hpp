#pragma once

#include <tusker/cli/saga_timeline.hpp>
#include <tusker/cli/terminal.hpp>

#include <string>
#include <vector>

namespace tusker::cli {

/// An arrow from where a step is undone back to where it was entered, by the numbers of the rows.
struct return_arrow {
  std::size_t step = 0;
  std::size_t undo = 0;

  friend auto operator==(const return_arrow&, const return_arrow&) -> bool = default;
};

/// The arrows between rows that are shown, the outermost first: what was entered first is undone last. Of more than
/// eight the innermost are left away.
[[nodiscard]] auto return_arrows(const timeline& of) -> std::vector<return_arrow>;

/// A timeline for people: a line a row, times in seconds since the start, arrows at the left of the steps. Without
/// Unicode the arrows are of ASCII.
///
///   +0.000  ╭──▶ start    entered
///   +0.000  │    start/0  succeeded
///   +0.000  │╭─▶ seat     entered  2 items
///   …
///   +6.100  │╰── seat     undone from here on
///   …
///   +6.350  ╰─── start    undone from here on
[[nodiscard]] auto timeline_text(const timeline& shown, const terminal& where) -> std::string;

} // namespace tusker::cli
