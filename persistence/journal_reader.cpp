#include <tusker/persistence/journal_reader.hpp>

#include <tusker/persistence/journal_errc.hpp>

namespace tusker {

auto journal_reader::read_start(const stream_id& stream, read_limit limit) const -> result<stream_start> {
  auto snapshot = read_snapshot(stream);
  auto is_damaged = !snapshot && snapshot.error().code() == journal_errc::corrupt;
  if (!snapshot && !is_damaged)
    return fail(snapshot.error());
  auto found = snapshot ? std::move(*snapshot) : std::nullopt;
  auto from = found ? found->version.next() : empty_stream;
  return read_stream(stream, from, limit, read_direction::forward).map([&](stream_slice slice) {
    return stream_start{std::move(found), is_damaged, std::move(slice)};
  });
}

} // namespace tusker
