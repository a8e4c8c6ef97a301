#pragma once

#include <cstddef>
#include <cstdint>

namespace tusker {

/// What became of a node's work when it was shut down.
struct shutdown_report {
  std::uint64_t finished =
      0;                     ///< Commands that were under way and got their own answer while the node waited.
  std::uint64_t stopped = 0; ///< Commands that were under way and were given up: answered `stopped`.
  /// Actors that did not end within `drain_timeout`, what hangs and what could not run because of it. They stay until
  /// the process ends, and so does the journal's lock.
  std::size_t actors_left_behind = 0;

  friend auto operator==(const shutdown_report&, const shutdown_report&) -> bool = default;
};

} // namespace tusker
