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

} // namespace

auto replay_stream(const journal_reader& reader, const stream_id& stream, stream_version from,
                   aggregate_instance& into) -> result<stream_version> {
  auto version = from;
  for (auto next = std::optional(from.next()); next;) {
    auto slice = reader.read_stream(stream, *next, read_limit{}, read_direction::forward);
    if (!slice)
      return fail(slice.error());
    if (slice->first > version.next())
      return fail(truncated_error(stream, slice->first, version.next()));
    for (const auto& event : slice->events) {
      if (auto applied = into.apply(event); !applied)
        return fail(applied.error());
      version = event.version;
    }
    next = slice->next;
  }
  return version;
}

} // namespace tusker
