#pragma once

#include <tusker/model/metadata.hpp>
#include <tusker/model/named_id.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/stream_id.hpp>

#include <cstddef>
#include <string_view>

namespace tusker {

/// Names one message for ever: published again under its id, it is published once.
using message_id = named_id<struct message_id_tag>;

/// Categories that begin so are the runtime's own: no aggregate type has one.
inline constexpr std::string_view reserved_category_prefix = "tusker_";

/// The category of the streams that topics are kept in.
inline constexpr std::string_view topic_category = "tusker_topic";

/// The topic that is always there: the log itself. Nothing is published to it.
inline constexpr std::string_view events_topic = "events";

/// The longest topic name, in bytes.
inline constexpr std::size_t topic_name_bytes_max = 64;

/// The entry of a message's metadata that holds the key by which its order is kept.
inline constexpr std::string_view message_key_entry = "tusker.key";

/// Whether a category is the runtime's own.
[[nodiscard]] auto is_reserved_category(std::string_view category) -> bool;

/// Whether `text` may name a topic: what may name a category, dashes as well. It is constexpr so that a topic's name is
/// checked by the compiler.
[[nodiscard]] constexpr auto is_topic_name(std::string_view text) -> bool {
  auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  if (text.empty() || text.size() > topic_name_bytes_max || !is_lower(text.front()))
    return false;
  for (auto c : text)
    if (!is_lower(c) && !(c >= '0' && c <= '9') && c != '_' && c != '-')
      return false;
  return true;
}

/// The stream that a topic's messages are the events of, in their order. Errors: `model_errc::invalid_name`, also for
/// `events`.
[[nodiscard]] auto topic_stream(std::string_view topic) -> result<stream_id>;

/// The key of a message; empty when it has none. Valid as long as the metadata.
[[nodiscard]] auto message_key(const metadata& meta) -> std::string_view;

/// Gives a message its key. An empty one takes away what is there.
void set_message_key(metadata& meta, std::string_view key);

} // namespace tusker
