#pragma once

#include <tusker/cli/notices.hpp>
#include <tusker/cli/progress_line.hpp>
#include <tusker/cli/terminal.hpp>

namespace order_demo {

/// What the demo says on standard error while it works: a line of progress, and what is wrong.
struct demo_console {
  tusker::cli::progress_line progress{tusker::cli::inspect_terminal(2)};
  tusker::cli::notices malformed{"malformed lines", progress};
  tusker::cli::notices rejected{"rejected orders", progress};
  tusker::cli::notices failed{"failed commands", progress};
  tusker::cli::notices stopped{"commands that were given up", progress};
  tusker::cli::notices differing{"orders that were not read back equal", progress};

  tusker::cli::notices standing{"projections that stand still", progress};

  /// Takes the progress away and says how many of each were not printed.
  void finish();
};

} // namespace order_demo
