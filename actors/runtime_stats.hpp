#pragma once

#include <cstdint>

namespace tusker {

/// What a runtime has done since it was opened. Every command that was dispatched is counted in exactly one of the
/// answers once it has one.
struct runtime_stats {
  // Commands by their answer.
  std::uint64_t dispatched = 0;
  std::uint64_t executed = 0; ///< A first receipt.
  std::uint64_t repeated = 0; ///< The receipt or rejection of an earlier dispatch of the same command id.
  std::uint64_t rejected = 0; ///< Said no to by the aggregate, for the first time.
  std::uint64_t timed_out = 0;
  std::uint64_t overloaded = 0;
  std::uint64_t failed = 0; ///< Any other error.

  // The journal.
  std::uint64_t commits = 0;
  std::uint64_t items = 0;  ///< Steps given to the journal, refused ones included.
  std::uint64_t events = 0; ///< Events made durable.

  // Aggregates.
  std::uint64_t live_aggregates = 0;
  std::uint64_t recoveries = 0;    ///< How often an aggregate was loaded from its stream.
  std::uint64_t passivations = 0;  ///< How often one left to make room.
  std::uint64_t crashes = 0;       ///< How often one's actor died.
  std::uint64_t decided_again = 0; ///< Commands decided anew because another writer came first.

  // What was dropped, so that nothing is dropped silently.
  std::uint64_t late_answers = 0; ///< Answers to commands whose caller had been told `timed_out`.
};

} // namespace tusker
