#include <tusker/persistence/snapshot_start.hpp>

#include <tusker/persistence/journal_errc.hpp>

namespace tusker {

auto start_from_snapshot(const journal_reader& reader, const stream_id& stream, aggregate_instance& into)
    -> result<snapshot_start> {
  auto snapshot = reader.read_snapshot(stream);
  if (!snapshot && snapshot.error().code() != journal_errc::corrupt)
    return fail(snapshot.error());
  if (snapshot && !*snapshot)
    return snapshot_start{};
  if (!snapshot || !into.restore((*snapshot)->state))
    return snapshot_start{empty_stream, snapshot_use::passed_over};
  return snapshot_start{(*snapshot)->version, snapshot_use::restored};
}

} // namespace tusker
