#pragma once

#include <tusker/model/aggregate_instance.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_reader.hpp>

namespace tusker {

enum class snapshot_use {
  none,        ///< The stream has no snapshot.
  restored,    ///< The aggregate has its state.
  passed_over, ///< It is of another schema version, or cannot be read; the events say the same.
};

/// Where an aggregate's recovery begins.
struct snapshot_start {
  /// What the aggregate has taken in already; 0 when nothing.
  stream_version version;
  snapshot_use use = snapshot_use::none;
};

/// Puts the stream's snapshot into a new aggregate, if there is one that it can read. One that cannot be read is passed
/// over: it can be made again from the events, and where those are truncated the replay says so.
/// Errors: those of `read_snapshot` but `corrupt`.
[[nodiscard]] auto start_from_snapshot(const journal_reader& reader, const stream_id& stream,
                                       aggregate_instance& into) -> result<snapshot_start>;

} // namespace tusker
