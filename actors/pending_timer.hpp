#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/error.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/timer_entry.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// A timer that waits in the journal.
struct pending_timer {
  timer_key key;
  stream_id owner;
  /// Under which it was set; empty when what it holds is no command of an aggregate.
  std::string name;
  /// The command that it brings, or whatever it holds.
  encoded_message content;
  /// Why the node gave it up since its start, where it could make no dead letter of it.
  std::optional<error> failure;
};

/// Which timers are listed.
struct timer_range {
  /// Those behind this one: the key of the last one of the page before; none: from the first on.
  std::optional<timer_key> after = std::nullopt;
  timestamp until = timestamp::max();
  std::size_t timers_max = 100;
};

/// Timers of all shards in the order in which they are due, those of one time in the order of their ids. It reads up to
/// `timers_max` of each shard. Errors: those of `journal_reader::read_timers`.
[[nodiscard]] auto list_timers(const journal_reader& journal, const timer_range& range)
    -> result<std::vector<pending_timer>>;

} // namespace tusker
