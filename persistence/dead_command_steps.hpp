#pragma once

#include <tusker/model/dead_command.hpp>
#include <tusker/model/encoded_message.hpp>
#include <tusker/model/failed_attempt.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/timer_entry.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/journal.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace tusker {

// What becomes of commands that were given up, as items of the journal: each is recorded as a whole, trace included.

/// A shard and the epoch under which it is written.
struct owned_shard {
  shard_id shard;
  epoch current;
};

/// Puts a dead command and what its sender had stored. REQUIRES: `dead.id` names the shard. An item that takes away
/// what the sender had of it (`append_item::fires`, `outbox_settled`) is made of it by adding that.
/// Errors: `model_errc::not_encodable`.
[[nodiscard]] auto dead_letter_item(const dead_command& dead, encoded_message content, owned_shard by,
                                    shard_count shards) -> result<append_item>;

/// Why a timer was given up.
struct timer_attempts {
  std::uint64_t made = 0;
  std::vector<failed_attempt> last;
};

/// Takes a timer out of its table and makes it a dead letter, provided that it is still there as it stands here
/// (`append_item::fires`). One that was a dead letter before keeps its id. Errors: those of reading notes;
/// `model_errc::not_encodable`.
[[nodiscard]] auto bury_timer(const journal_reader& journal, owned_shard by, const timer_entry& timer,
                              timer_attempts attempts, timestamp now) -> result<append_item>;

/// One step for several dead commands of a shard.
struct dead_command_step {
  /// Recorded only if nothing has happened to dead commands of the shard since they were read: of two who want
  /// something of one, the second reads anew and finds nothing.
  append_item item;
  /// How many it is for; with none there is nothing to record.
  std::uint64_t count = 0;
  /// How many ids, from the first on, are done with it; the others need another step.
  std::size_t ids_taken = 0;
};

// Errors of both: those of reading notes, `model_errc::not_encodable`.

/// Sets timers that bring them to their targets, due now. They are no dead letters from then on, unless they are given
/// up again.
[[nodiscard]] auto retry_step(const journal_reader& journal, owned_shard by, std::span<const uuid> ids,
                              timestamp now) -> result<dead_command_step>;
/// Gives them up for good. The reason is kept in the trace.
[[nodiscard]] auto drop_step(const journal_reader& journal, owned_shard by, std::span<const uuid> ids,
                             const std::string& reason, timestamp now) -> result<dead_command_step>;

/// By their shards, each once. Those that name no shard of the journal are left out.
[[nodiscard]] auto ids_by_shard(std::span<const uuid> ids, shard_count shards)
    -> std::map<shard_id, std::vector<uuid>>;

// What an operator does while no node runs. REQUIRES: the journal is this process's to write, and no runtime has it.
// Both return how many there were: what is no dead letter is passed over. Errors: those of the steps, and of
// `journal::append`.

[[nodiscard]] auto retry_dead_commands(journal& of, std::span<const uuid> ids, timestamp now)
    -> result<std::uint64_t>;
[[nodiscard]] auto drop_dead_commands(journal& of, std::span<const uuid> ids, const std::string& reason,
                                      timestamp now) -> result<std::uint64_t>;

} // namespace tusker
