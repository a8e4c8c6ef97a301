#include <tusker/persistence/stream_replay.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <optional>
#include <string>

namespace tusker {

namespace {

auto truncated_error(const stream_id& stream, stream_version first, stream_version needed) -> error {
  return {journal_errc::events_truncated,
          "the stream '" + stream.name() + "' begins with version " + std::to_string(first.value()) +
              ", version " + std::to_string(needed.value()) + " is needed and no snapshot stands in for it"};
}

/// Applies a slice that was read from behind `version`, and takes that along.
auto apply_slice(const stream_slice& slice, const stream_id& stream, aggregate_instance& into,
                 stream_version& version) -> result<void> {
  if (slice.first > version.next())
    return fail(truncated_error(stream, slice.first, version.next()));
  for (const auto& event : slice.events) {
    if (auto applied = into.apply(event); !applied)
      return applied;
    version = event.version;
  }
  return {};
}

} // namespace

auto recover_stream(const journal_reader& reader, const stream_id& stream, aggregate_instance& into)
    -> result<recovered_stream> {
  auto start = reader.read_start(stream, read_limit{});
  if (!start)
    return fail(start.error());
  recovered_stream recovered;
  auto is_restored = start->snapshot && into.restore(start->snapshot->state);
  if (start->is_snapshot_damaged || (start->snapshot && !is_restored))
    recovered.use = snapshot_use::passed_over;
  if (is_restored)
    recovered = {start->snapshot->version, start->snapshot->version, snapshot_use::restored};
  // What was read stands behind the snapshot.
  if (is_restored || !start->snapshot) {
    if (auto applied = apply_slice(start->slice, stream, into, recovered.version); !applied)
      return fail(applied.error());
    if (!start->slice.next)
      return recovered;
  }
  auto version = replay_stream(reader, stream, recovered.version, into);
  if (!version)
    return fail(version.error());
  recovered.version = *version;
  return recovered;
}

auto replay_stream(const journal_reader& reader, const stream_id& stream, stream_version from,
                   aggregate_instance& into) -> result<stream_version> {
  auto version = from;
  for (auto next = std::optional(from.next()); next;) {
    auto slice = reader.read_stream(stream, *next, read_limit{}, read_direction::forward);
    if (!slice)
      return fail(slice.error());
    if (auto applied = apply_slice(*slice, stream, into, version); !applied)
      return fail(applied.error());
    next = slice->next;
  }
  return version;
}

} // namespace tusker
