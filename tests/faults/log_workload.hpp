#pragma once

#include "io_watch.hpp"

#include <tusker/persistence/commit_log.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace tusker::faults {

/// How far a commit log and the store behind it have come.
struct log_state {
  /// The last batch that an append returned, or a replay gave.
  std::uint64_t acknowledged = 0;
  /// The last batch that the store has durably.
  std::uint64_t applied = 0;
};

/// What a writer does wrong on purpose: the positive controls.
enum class log_mistake {
  none,
  acknowledges_before_sync, ///< Counts on a batch when it is written.
  recycles_too_early,       ///< Recycles what the store does not have yet.
};

/// Batch `sequence` of every workload: its size follows from its sequence, and a few are larger than a segment.
[[nodiscard]] auto workload_batch(std::uint64_t sequence) -> owned_batch;
/// What batch a sequence has.
using batch_source = std::function<owned_batch(std::uint64_t sequence)>;
[[nodiscard]] auto workload_batches(std::uint64_t from, std::uint64_t to,
                                    const batch_source& source = workload_batch) -> std::vector<owned_batch>;

/// Of a log with small segments, so that its ring turns often.
[[nodiscard]] auto workload_log_options(const std::filesystem::path& folder) -> commit_log_options;

/// What was done to a log, and how far it had come when.
struct recorded_log {
  struct moment {
    std::size_t operations = 0;
    log_state state;
  };

  /// First what makes the folder as it was found.
  std::vector<io_operation> recording;
  std::size_t found = 0;
  std::vector<moment> moments;

  /// The state when so many operations were complete.
  [[nodiscard]] auto state_at(std::size_t operations) const -> log_state;
};

/// Appends, recycles, prepares, reopens and dies between write and sync, by chance, going on with the log that is in a
/// folder. Who makes mistakes only appends, recycles and prepares. Throws when the log is not as it ought to be.
[[nodiscard]] auto record_log(const std::filesystem::path& folder, log_state from, std::uint32_t seed,
                              int steps, log_mistake mistake = log_mistake::none) -> recorded_log;

/// What is wrong with a log that is found in a folder, empty when nothing is: it must hold all that was acknowledged
/// and at most one batch more, to whoever opens it and to whoever only reads it, and go on from there. The store is at
/// `state.applied`.
[[nodiscard]] auto fault_of_log(const std::filesystem::path& folder, log_state state,
                                const batch_source& source = workload_batch) -> std::string;

} // namespace tusker::faults
