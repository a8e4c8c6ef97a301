#pragma once

#include <tusker/model/command_outcome.hpp>
#include <tusker/model/error.hpp>
#include <tusker/model/expected_version.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/model/timestamp.hpp>

#include <variant>

namespace tusker {

/// The item is recorded and durable.
struct appended {
  /// The stream's version now.
  stream_version version;
  /// The item's last event; the log's head when it had none.
  position at;

  friend auto operator==(const appended&, const appended&) -> bool = default;
};

/// The command was recorded before; nothing was written now.
struct duplicate_command {
  command_outcome first;

  friend auto operator==(const duplicate_command&, const duplicate_command&) -> bool = default;
};

/// The command id was used before for a command with another hash.
struct command_id_reused {
  friend auto operator==(const command_id_reused&, const command_id_reused&) -> bool = default;
};

/// The writer does not own the shard any more.
struct fenced {
  epoch current;

  friend auto operator==(const fenced&, const fenced&) -> bool = default;
};

/// Receipts of commands as old as this one are not kept any more: whether it was recorded before is not known, so it
/// is not recorded now.
struct command_expired {
  /// Commands whose ids are from this time on are taken.
  timestamp kept_from;

  friend auto operator==(const command_expired&, const command_expired&) -> bool = default;
};

/// The timer that the item answers is not there, or not as the item says: it was answered, cancelled or replaced.
struct timer_gone {
  friend auto operator==(const timer_gone&, const timer_gone&) -> bool = default;
};

/// The item is past a limit or contradicts itself.
struct refused {
  error why;

  friend auto operator==(const refused&, const refused&) -> bool = default;
};

/// What became of one item of a batch. Only `appended` wrote anything.
using append_verdict = std::variant<appended, version_conflict, duplicate_command, command_id_reused,
                                    command_expired, fenced, refused, timer_gone>;

} // namespace tusker
