#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/model/timestamp.hpp>

namespace tusker {

/// An aggregate's state at a version of its stream: a shortcut past the events up to there. It can be made again from
/// them, as long as they are not truncated.
struct stored_snapshot {
  /// The last event that the state has taken in.
  stream_version version;
  timestamp time;
  /// Type and schema version are those of the state; a reader that knows others passes the snapshot over.
  encoded_message state;

  friend auto operator==(const stored_snapshot&, const stored_snapshot&) -> bool = default;
};

} // namespace tusker
