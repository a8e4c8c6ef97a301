#pragma once

#include <tusker/model/command_id.hpp>
#include <tusker/model/content_hash.hpp>
#include <tusker/model/event_data.hpp>
#include <tusker/model/expected_version.hpp>
#include <tusker/model/outbox_entry.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/timer_entry.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/stream_change.hpp>
#include <tusker/persistence/stream_note.hpp>

#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// One step of one stream, with all that must survive together with it. It is recorded as a whole or not at all.
struct append_item {
  shard_id shard;
  /// The epoch under which the writer owns the shard; 0 when nobody ever claimed it.
  epoch shard_epoch;
  stream_id stream;
  expected_version expected;
  /// The command this step answers. A nil id leaves no receipt: then nothing guards against a second append.
  command_id command;
  content_hash command_hash;
  std::vector<event_data> events;
  /// Recorded in the receipt of a command that the aggregate refused; then there are no events.
  std::optional<encoded_message> rejection;
  /// The time the receipt carries.
  timestamp time;

  /// The timer that this step answers: it must be there as it stands here, and is taken along. Else the verdict is
  /// `timer_gone`. So a timer is answered once, whoever tries, and one that was cancelled is not. Its owner is the
  /// item's stream, unless that is one of the runtime's.
  std::optional<timer_entry> fires;
  std::vector<timer_entry> timers;
  std::vector<timer_key> timers_cancelled;
  std::vector<outbox_entry> outbox;
  std::vector<uuid> outbox_settled;
  /// Notes of the item's stream, which need not have events.
  std::vector<stream_note> notes;
  /// Their keys. Removing comes before putting; a note that is not there is no error.
  std::vector<std::string> notes_removed;

  // Of a stream that has events, this item's included; else the item is invalid.
  /// A snapshot may be of any version up to the stream's.
  snapshot_change snapshot;
  retention_change retention;
};

} // namespace tusker
