#pragma once

#include "journal_state.hpp"

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/journal.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tusker::faults {

/// One claim of a node that starts.
struct claim_step {
  std::vector<shard_claim> claims;
  std::string owner;
};

/// One commit of the journal. Performed again it changes nothing: all items have command ids.
using step = std::variant<std::vector<append_item>, claim_step>;

/// Performs a step; the result is the acknowledgement. An item that is neither recorded nor known already throws.
[[nodiscard]] auto perform(journal& journal, const step& next) -> result<void>;

/// The same, where nothing may fail: an error throws its sentence.
void must_perform(journal& journal, const step& next);

/// A seeded list of commits: batches of several sizes over several streams, small events and such that need pages of
/// their own, rejections, timers, outbox entries and notes that come and go, snapshots, truncations, streams that are
/// closed for good, receipts that get too old, claims. What the journal holds after each of them is known from a
/// journal in memory.
class workload {
public:
  workload(std::uint32_t seed, std::size_t steps);

  /// What a journal must be made with for this workload.
  [[nodiscard]] static auto options() -> journal_options;

  [[nodiscard]] auto steps() const -> const std::vector<step>& { return steps_; }

  /// How many of the steps the journal holds: exactly that many, as a whole, and nothing else. None when no number
  /// of them leads to what it shows.
  [[nodiscard]] auto steps_in(const journal_reader& journal) const -> std::optional<std::size_t>;

private:
  std::vector<step> steps_;
  std::vector<command_place> commands_;
  std::vector<journal_state> states_;
};

} // namespace tusker::faults
