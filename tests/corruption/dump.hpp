#pragma once

#include <tusker/persistence/journal.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace tusker::corruption {

/// Puts some of everything that a journal can hold into an empty one, in two steps: `finish` truncates a stream and
/// closes another.
void fill(journal& into);
void finish(journal& into);

/// All that a reader can get out of a journal that `fill` filled.
struct dump {
  std::vector<recorded_event> log;
  /// The events of each stream, from its first to its last; as read forward, and as read backward.
  std::vector<std::vector<recorded_event>> forward;
  std::vector<std::vector<recorded_event>> backward;
  std::vector<std::optional<stored_snapshot>> snapshots;
  std::vector<std::optional<stored_receipt>> receipts;
  std::vector<timer_entry> timers;
  std::vector<outbox_entry> outbox;
  std::vector<owned_note> notes;
  std::vector<shard_owner> owners;
  std::vector<stream_summary> streams;
  std::uint64_t stream_count = 0;
  std::uint64_t event_count = 0;

  friend auto operator==(const dump&, const dump&) -> bool = default;
};

/// Errors: those of the reader.
[[nodiscard]] auto read_all(const journal_reader& journal) -> result<dump>;

/// Whether a reader was told nothing but the truth, be it not all of it: events without a gap from the first on, and
/// only entries that were written. A page that was once in use and is read again tells the truth of its time: what
/// was truncated later.
[[nodiscard]] auto is_truthful(const dump& told, const dump& truth, const dump& before_finish) -> bool;

} // namespace tusker::corruption
