#include <tusker/persistence/stream_replay.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <optional>
#include <string>

namespace tusker {

auto replay_stream(const journal_reader& reader, const stream_id& stream, stream_version from,
                   aggregate_instance& into) -> result<stream_version> {
  auto version = from;
  for (auto next = std::optional(from.next()); next;) {
    auto slice = reader.read_stream(stream, *next, read_limit{}, read_direction::forward);
    if (!slice)
      return fail(slice.error());
    if (slice->first > version.next())
      return fail(journal_errc::events_truncated, "the stream '" + stream.name() + "' begins with version " +
                                                      std::to_string(slice->first.value()) + ", version " +
                                                      std::to_string(version.next().value()) +
                                                      " is needed and no snapshot stands in for it");
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
