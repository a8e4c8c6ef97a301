#pragma once

#include <tusker/model/stream_version.hpp>
#include <tusker/persistence/stored_snapshot.hpp>

#include <variant>

namespace tusker {

/// The snapshot stays as it is.
struct keep_snapshot {
  friend auto operator==(const keep_snapshot&, const keep_snapshot&) -> bool = default;
};

/// The snapshot goes, if there is one.
struct drop_snapshot {
  friend auto operator==(const drop_snapshot&, const drop_snapshot&) -> bool = default;
};

/// What an item does to its stream's snapshot, of which there is one at most.
using snapshot_change = std::variant<keep_snapshot, stored_snapshot, drop_snapshot>;

/// All events stay.
struct keep_events {
  friend auto operator==(const keep_events&, const keep_events&) -> bool = default;
};

/// Events below a version are gone: no read shows them, their positions and versions stay taken. What was truncated
/// stays so: a lower version than an earlier one's changes nothing.
struct truncate_events {
  /// The first version that stays.
  stream_version before;

  friend auto operator==(const truncate_events&, const truncate_events&) -> bool = default;
};

/// All events and the snapshot are gone, and nothing can be appended any more.
struct tombstone_stream {
  friend auto operator==(const tombstone_stream&, const tombstone_stream&) -> bool = default;
};

/// What an item does to what its stream holds by then, the item's own events included.
using retention_change = std::variant<keep_events, truncate_events, tombstone_stream>;

} // namespace tusker
