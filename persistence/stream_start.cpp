#include <tusker/persistence/stream_start.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <utility>

namespace tusker {

auto start_with(result<std::optional<stored_snapshot>> snapshot) -> result<stream_start> {
  stream_start start;
  start.is_snapshot_damaged = !snapshot && snapshot.error().code() == journal_errc::corrupt;
  if (snapshot)
    start.snapshot = std::move(*snapshot);
  else if (!start.is_snapshot_damaged)
    return fail(snapshot.error());
  return start;
}

auto first_behind_snapshot(const stream_start& start) -> stream_version {
  return start.snapshot ? start.snapshot->version.next() : empty_stream;
}

} // namespace tusker
