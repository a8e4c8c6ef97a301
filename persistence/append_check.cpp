#include <tusker/persistence/append_check.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <string>
#include <string_view>

namespace tusker {

namespace {

/// Long enough for any name a person gives, short enough for an index key.
constexpr std::size_t type_bytes_max = 255;

auto too_large(const append_item& item, std::string_view what, std::size_t size, std::size_t limit)
    -> append_verdict {
  return refused{error(journal_errc::too_large, "the append to " + item.stream.name() + " has " +
                                                    std::to_string(size) + " " + std::string(what) +
                                                    ", the limit is " + std::to_string(limit))};
}

auto invalid(const append_item& item, std::string_view why) -> append_verdict {
  return refused{error(journal_errc::invalid_item,
                       "the append to '" + item.stream.name() + "' is invalid: " + std::string(why))};
}

auto event_refusal(const append_item& item, const append_limits& limits) -> std::optional<append_verdict> {
  std::size_t bytes = 0;
  for (const auto& event : item.events) {
    auto size = size_of(event);
    if (size > limits.event_bytes_max)
      return too_large(item, "bytes in one event (" + event.content.type + ")", size, limits.event_bytes_max);
    if (event.content.type.empty() || event.content.type.size() > type_bytes_max)
      return invalid(item, "an event's type takes 1 to " + std::to_string(type_bytes_max) + " bytes");
    bytes += size;
  }
  if (bytes > limits.item_bytes_max)
    return too_large(item, "bytes of events", bytes, limits.item_bytes_max);
  return std::nullopt;
}

auto side_entry_refusal(const append_item& item, const append_limits& limits)
    -> std::optional<append_verdict> {
  for (auto count :
       {item.timers.size(), item.timers_cancelled.size(), item.outbox.size(), item.outbox_settled.size()})
    if (count > limits.item_side_entries_max)
      return too_large(item, "timers or outbox entries", count, limits.item_side_entries_max);
  for (const auto& timer : item.timers)
    if (timer.content.json.size() > limits.event_bytes_max)
      return too_large(item, "bytes in one timer", timer.content.json.size(), limits.event_bytes_max);
  for (const auto& entry : item.outbox)
    if (entry.content.json.size() > limits.event_bytes_max)
      return too_large(item, "bytes in one outbox entry", entry.content.json.size(), limits.event_bytes_max);
  if (item.rejection && item.rejection->json.size() > limits.event_bytes_max)
    return too_large(item, "bytes in its rejection", item.rejection->json.size(), limits.event_bytes_max);
  return std::nullopt;
}

} // namespace

auto size_of(const event_data& event) -> std::size_t {
  auto bytes = event.content.type.size() + event.content.json.size() + event.meta.subject.size() +
               event.meta.traceparent.size();
  for (const auto& [name, value] : event.meta.user)
    bytes += name.size() + value.size();
  return bytes;
}

auto size_of(const append_item& item) -> std::size_t {
  std::size_t bytes = 0;
  for (const auto& event : item.events)
    bytes += size_of(event);
  return bytes;
}

auto shape_refusal(const append_item& item, const append_limits& limits, shard_count shards)
    -> std::optional<append_verdict> {
  if (item.stream.name().empty())
    return invalid(item, "it names no stream");
  if (item.shard != shard_of(item.stream, shards))
    return invalid(item, "shard " + std::to_string(item.shard.value()) + " is not the stream's");
  if (item.rejection && !item.events.empty())
    return invalid(item, "it has a rejection and events");
  if (item.events.size() > limits.item_events_max)
    return too_large(item, "events", item.events.size(), limits.item_events_max);
  if (auto refusal = event_refusal(item, limits))
    return refusal;
  return side_entry_refusal(item, limits);
}

auto epoch_refusal(const append_item& item, epoch current) -> std::optional<append_verdict> {
  if (item.shard_epoch == current)
    return std::nullopt;
  return fenced{current};
}

auto receipt_refusal(const append_item& item, const std::optional<stored_receipt>& stored)
    -> std::optional<append_verdict> {
  if (!stored)
    return std::nullopt;
  if (stored->hash != item.command_hash)
    return command_id_reused{};
  return duplicate_command{stored->outcome};
}

auto version_refusal(const append_item& item, stream_version head) -> std::optional<append_verdict> {
  if (is_met(item.expected, head))
    return std::nullopt;
  return version_conflict{item.expected, head};
}

auto claim_refusal(std::span<const shard_claim> claims, shard_count shards) -> std::optional<error> {
  for (const auto& wish : claims) {
    if (wish.shard.value() >= shards.value())
      return error(journal_errc::invalid_item, "shard " + std::to_string(wish.shard.value()) +
                                                   " cannot be claimed: the journal has shards 0 to " +
                                                   std::to_string(shards.value() - 1));
  }
  return std::nullopt;
}

auto receipt_for(const append_item& item, const appended& recorded) -> stored_receipt {
  auto count = static_cast<std::uint32_t>(item.events.size());
  return {item.command_hash, {recorded.version, recorded.at, count, item.rejection, item.time}};
}

} // namespace tusker
