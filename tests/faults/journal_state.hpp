#pragma once

#include <tusker/persistence/journal_reader.hpp>

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace tusker::faults {

/// A command that may have left a receipt.
using command_place = std::pair<stream_id, command_id>;

/// All that a journal shows to its readers. Two journals that show the same are the same.
struct journal_state {
  std::vector<recorded_event> log;
  std::vector<stream_summary> streams;
  std::vector<std::optional<stored_snapshot>> snapshots; ///< Of `streams`, in their order.
  std::vector<std::optional<stored_receipt>> receipts;
  std::vector<timer_entry> timers;
  std::vector<outbox_entry> outbox;
  std::map<stream_id, std::vector<stream_note>> notes; ///< Of the streams that the commands are of.
  std::vector<shard_owner> owners;

  friend auto operator==(const journal_state&, const journal_state&) -> bool = default;
};

/// Receipts are those of the named commands. A journal that cannot be read throws.
[[nodiscard]] auto state_of(const journal_reader& journal, const std::vector<command_place>& commands)
    -> journal_state;

} // namespace tusker::faults
