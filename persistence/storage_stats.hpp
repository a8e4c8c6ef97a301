#pragma once

#include <chrono>
#include <cstdint>

namespace tusker {

/// How full a journal's storage is and who reads it. An engine without such a thing leaves a field at 0.
struct storage_stats {
  std::uint64_t map_bytes = 0;  ///< Address space taken for the data file.
  std::uint64_t used_bytes = 0; ///< Of it in use or once used; what is free in between is used again.
  /// Of rows that are durable in the commit log and that the data file lacks. Of a process that writes.
  std::uint64_t unapplied_bytes = 0;
  std::uint64_t readers = 0; ///< Slots of readers in use, over all processes.
  std::uint64_t readers_max = 0;
  /// Commits since the snapshot of the reader that is furthest behind, over all processes. Pages that were freed since
  /// cannot be used again, so a reader that stays makes the file grow.
  std::uint64_t oldest_reader_commits = 0;
  /// How long this process's longest read that goes on has gone on.
  std::chrono::milliseconds oldest_read{0};
  std::uint64_t long_reads = 0; ///< Reads of this process that took longer than `journal_options::long_read`.
  std::uint64_t stale_readers = 0; ///< Slots of processes that had died, freed by this one.
  std::uint64_t map_growths = 0;   ///< How often this process made the map larger.

  friend auto operator==(const storage_stats&, const storage_stats&) -> bool = default;
};

} // namespace tusker
