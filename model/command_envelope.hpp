#pragma once

#include <tusker/model/command_id.hpp>
#include <tusker/model/command_witness.hpp>
#include <tusker/model/content_hash.hpp>
#include <tusker/model/encoded_message.hpp>
#include <tusker/model/expected_version.hpp>
#include <tusker/model/metadata.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/timer_change.hpp>
#include <tusker/model/timer_entry.hpp>
#include <tusker/model/uuid.hpp>

#include <memory>
#include <optional>

namespace tusker {

struct answer_saga;

/// A command on its way to its aggregate.
struct command_envelope {
  command_id id;
  stream_id target;
  expected_version expected;
  encoded_message content;
  metadata meta;
  /// The timer that this command comes of: it has its effect only if the timer is there, and takes it along.
  std::optional<timer_entry> fires = std::nullopt;
  /// What is to become of timers of the target, in the place of a decision.
  std::optional<timer_change> timers = std::nullopt;
  /// An outbox entry of the target's shard that is settled with its effect.
  std::optional<uuid> settles = std::nullopt;
  /// Who is to note what it led to; null: nobody asks.
  std::shared_ptr<command_witness> witness = nullptr;
  /// What `content` says, if it is an answer and whoever made it is at hand: then nobody reads it anew.
  std::shared_ptr<const answer_saga> answer = nullptr;
};

/// What must be the same when a command id is used again: the target, the type with its version, and the content.
[[nodiscard]] auto hash_of(const command_envelope& command) -> content_hash;

} // namespace tusker
