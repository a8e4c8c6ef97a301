#pragma once

#include <tusker/model/aggregate_instance.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_reader.hpp>

namespace tusker {

enum class snapshot_use {
  none,        ///< The stream has no snapshot.
  restored,    ///< The aggregate began with its state.
  passed_over, ///< It is of another schema version, or cannot be read; the events say the same.
};

struct recovered_stream {
  /// What the aggregate has taken in.
  stream_version version;
  /// Of the snapshot that it began with; 0 when there was none.
  stream_version snapshot;
  snapshot_use use = snapshot_use::none;
};

/// Brings a new aggregate to its stream's version, from the snapshot if there is one that it can read. Another one is
/// passed over: it can be made again from the events, and where those are truncated that is the error. Errors: those of
/// `journal_reader::read_start` and of `aggregate_instance::apply`; the aggregate is then somewhere between.
[[nodiscard]] auto recover_stream(const journal_reader& reader, const stream_id& stream,
                                  aggregate_instance& into) -> result<recovered_stream>;

/// Applies the events of a stream behind version `from` to an aggregate, slice by slice. Returns the version it has
/// then. Errors: those of `read_stream` and of `aggregate_instance::apply`; the aggregate is then somewhere between.
[[nodiscard]] auto replay_stream(const journal_reader& reader, const stream_id& stream, stream_version from,
                                 aggregate_instance& into) -> result<stream_version>;

} // namespace tusker
