#include <tusker/model/topic_outbox.hpp>

#include <tusker/model/aggregate_instance.hpp>
#include <tusker/model/topic_name.hpp>

#include <array>
#include <string>
#include <utility>

namespace tusker {

namespace {

constexpr std::string_view target_prefix = "topic:";

} // namespace

auto outbox_id(const command_envelope& command, stream_version version, timestamp time, std::size_t index)
    -> uuid {
  auto cause = to_string(command.id);
  auto number = std::to_string(index);
  auto parts = std::array<std::string_view, 4>{"tusker.outbox", command.target.name(), cause, number};
  auto bytes = hash_of(parts).bytes;
  constexpr std::int64_t thousand = 1'000;
  auto since_epoch = time.time_since_epoch().count();
  auto microseconds = static_cast<std::uint64_t>((since_epoch % thousand + thousand) % thousand);
  // The bits that a UUIDv7 has for its own: 12 behind the time, 6 behind the variant, and so on.
  bytes[6] = static_cast<std::uint8_t>(microseconds >> 8U);
  bytes[7] = static_cast<std::uint8_t>(microseconds & 0xFFU);
  bytes[8] = static_cast<std::uint8_t>(version.value() & 0x3FU);
  bytes[9] = static_cast<std::uint8_t>((index >> 8U) & 0xFFU);
  bytes[10] = static_cast<std::uint8_t>(index & 0xFFU);
  return make_uuid_v7(time, bytes);
}

auto to_outbox(std::vector<topic_message> messages, const command_envelope& command, stream_version version,
               timestamp time) -> std::vector<outbox_entry> {
  std::vector<outbox_entry> entries;
  entries.reserve(messages.size());
  for (auto& message : messages) {
    auto meta = caused_by(command);
    set_message_key(meta, message.key);
    auto target = std::string(target_prefix) + message.topic;
    entries.push_back({outbox_id(command, version, time, entries.size()), std::move(target),
                       std::move(message.content), std::move(meta)});
  }
  return entries;
}

auto topic_of(const outbox_entry& entry) -> std::string_view {
  auto target = std::string_view(entry.target);
  if (target.substr(0, target_prefix.size()) != target_prefix)
    return {};
  auto topic = target.substr(target_prefix.size());
  return is_topic_name(topic) && topic != events_topic ? topic : std::string_view();
}

auto hash_of_message(std::string_view topic, const encoded_message& content, std::string_view key)
    -> content_hash {
  auto version = std::to_string(content.version.value());
  auto parts = std::array<std::string_view, 5>{topic, content.type, version, content.json, key};
  return hash_of(parts);
}

} // namespace tusker
