#include <tusker/persistence/journal_reader.hpp>

#include <tusker/persistence/stream_start.hpp>

#include <utility>

namespace tusker {

auto journal_reader::read_start(const stream_id& stream, read_limit limit) const -> result<stream_start> {
  auto start = start_with(read_snapshot(stream));
  if (!start)
    return start;
  auto slice = read_stream(stream, first_behind_snapshot(*start), limit, read_direction::forward);
  if (!slice)
    return fail(slice.error());
  start->slice = std::move(*slice);
  return start;
}

} // namespace tusker
