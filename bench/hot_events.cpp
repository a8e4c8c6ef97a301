#include <tusker/bench/hot_events.hpp>

#include <tusker/bench/mixed_bits.hpp>
#include <tusker/bench/order_document.hpp>

#include <array>
#include <chrono>
#include <string>
#include <string_view>

namespace tusker::bench {

namespace {

/// Of an event or a command: `what` makes them different.
auto id_of(timestamp time, std::uint64_t n, std::string_view what) -> uuid {
  auto number = std::to_string(n);
  std::array<std::string_view, 2> parts{number, what};
  return derive_uuid(time, parts);
}

} // namespace

hot_events::hot_events(std::uint64_t streams, timestamp begun) : versions_(streams), begun_(begun) {}

auto hot_events::next(shard_count shards) -> append_item {
  auto n = count_++;
  auto number = stream_of(n);
  append_item item;
  item.stream = stream(number);
  item.shard = shard_of(item.stream, shards);
  item.expected = exact(versions_[number]++);
  item.events = {event_of(n)};
  const auto& event = item.events.front();
  item.time = event.time;
  item.command = command_id(id_of(event.time, n, "command"));
  std::array<std::string_view, 1> content{event.content.json};
  item.command_hash = hash_of(content);
  return item;
}

auto hot_events::is_event(const recorded_event& read, std::uint64_t n) const -> bool {
  return read.stream == stream(stream_of(n)) && read.at.offset == log_offset(n + 1) &&
         read.data == event_of(n);
}

auto hot_events::stream(std::uint64_t number) -> stream_id {
  return stream_id::make("order", std::to_string(number)).value();
}

auto hot_events::stream_of(std::uint64_t n) const -> std::uint64_t {
  return mixed_bits(n) % versions_.size();
}

auto hot_events::event_of(std::uint64_t n) const -> event_data {
  auto time = begun_ + std::chrono::microseconds(static_cast<std::int64_t>(n));
  return {
      event_id(id_of(time, n, "event")), {"OrderCreated", schema_version(1), order_document(n)}, {}, time};
}

} // namespace tusker::bench
