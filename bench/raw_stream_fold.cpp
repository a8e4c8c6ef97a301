#include <tusker/bench/raw_stream_fold.hpp>

#include <tusker/bench/raw_rows.hpp>
#include <tusker/persistence/byte_writer.hpp>

#include <array>
#include <cstddef>
#include <cstring>

namespace tusker::bench {

namespace {

constexpr std::size_t metadata_length_at = 64;
constexpr std::size_t stream_number_bytes = 8;

auto is_digit(char c) -> bool {
  return c >= '0' && c <= '9';
}

/// The JSON behind the header and the metadata of a record.
auto json_in(std::string_view record) -> std::string_view {
  std::uint32_t metadata_bytes = 0;
  std::memcpy(&metadata_bytes, record.data() + metadata_length_at, sizeof metadata_bytes);
  return record.substr(event_header_bytes + metadata_bytes);
}

} // namespace

void order_fold::take(std::string_view json) {
  constexpr std::size_t numbers_of_item = 2;
  std::array<std::int64_t, 16> numbers{};
  std::size_t count = 0;
  const auto* at = json.data();
  const auto* end = at + json.size();
  while (at != end) {
    if (*at++ != ':' || at == end || !is_digit(*at) || count == numbers.size())
      continue;
    for (; at != end && is_digit(*at); ++at)
      numbers[count] = numbers[count] * 10 + (*at - '0');
    ++count;
  }
  ++version;
  if (count == numbers_of_item) {
    qty += numbers[0];
    total += numbers[0] * numbers[1];
    return;
  }
  // An order's items, and its total.
  for (std::size_t item = 0; item + 1 < count; item += 2)
    qty += numbers[item];
  total += count == 0 ? 0 : numbers[count - 1];
}

auto raw_streams::open(const std::filesystem::path& journal) -> result<raw_streams> {
  auto env = raw_environment::look_into(journal);
  auto events = env ? env->table("ev", 0) : fail(env.error());
  auto stream_events = events ? env->table("st", 0) : fail(events.error());
  if (!stream_events)
    return fail(stream_events.error());
  return raw_streams(std::move(*env), *events, *stream_events);
}

auto raw_streams::fold(std::uint64_t number) const -> result<order_fold> {
  auto transaction = env_.begin(MDB_RDONLY);
  auto index = transaction ? lmdb_cursor::open(*transaction, stream_events_) : fail(transaction.error());
  auto events = index ? lmdb_cursor::open(*transaction, events_) : fail(index.error());
  if (!events)
    return fail(events.error());
  auto first = std::move(byte_writer().big(number + 1).big(std::uint64_t{1})).take();
  auto stream = std::string_view(first).substr(0, stream_number_bytes);
  order_fold fold;
  auto found = index->seek(first);
  while (found && *found && index->key().substr(0, stream_number_bytes) == stream) {
    if (auto event = events->seek(index->value()); !event || !*event)
      return event ? fail(lmdb_error(MDB_CORRUPTED, "an event is missing")) : fail(event.error());
    fold.take(json_in(events->value()));
    found = index->move(MDB_NEXT);
  }
  if (!found)
    return fail(found.error());
  return fold;
}

} // namespace tusker::bench
