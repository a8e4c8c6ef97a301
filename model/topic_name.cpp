#include <tusker/model/topic_name.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/quoted_text.hpp>

#include <string>

namespace tusker {

auto is_reserved_category(std::string_view category) -> bool {
  return category.substr(0, reserved_category_prefix.size()) == reserved_category_prefix;
}

auto topic_stream(std::string_view topic) -> result<stream_id> {
  if (!is_topic_name(topic)) {
    return fail(model_errc::invalid_name,
                tusker::quoted(topic) + " is not a topic: it takes 1 to " +
                    std::to_string(topic_name_bytes_max) +
                    " lower-case letters, digits, underscores and dashes, a letter first");
  }
  if (topic == events_topic)
    return fail(model_errc::invalid_name, "the topic 'events' is the log itself: nothing is published to it");
  return stream_id::make(topic_category, topic);
}

auto message_key(const metadata& meta) -> std::string_view {
  auto found = meta.user.find(std::string(message_key_entry));
  return found == meta.user.end() ? std::string_view() : std::string_view(found->second);
}

void set_message_key(metadata& meta, std::string_view key) {
  auto entry = std::string(message_key_entry);
  if (key.empty())
    meta.user.erase(entry);
  else
    meta.user.insert_or_assign(std::move(entry), std::string(key));
}

} // namespace tusker
