#include <tusker/persistence/delivery_item.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/model/delivery_events.hpp>
#include <tusker/model/subscriber_type.hpp>
#include <tusker/persistence/random_id.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace tusker {

delivery_item::delivery_item(std::string_view subscriber, const ownership& by, timestamp now) {
  item_.stream = delivery_stream(subscriber);
  item_.shard = by.shard;
  item_.shard_epoch = by.current;
  item_.time = now;
}

void delivery_item::put(result<stream_note> note) {
  if (note)
    item_.notes.push_back(std::move(*note));
  else if (encoded_)
    encoded_ = fail(note.error());
}

void delivery_item::put(const delivery_cursor& cursor) {
  put(note_of(cursor));
}

void delivery_item::put(const parked_message& parked) {
  put(note_of(parked));
}

void delivery_item::put(const dead_letter& dead) {
  put(note_of(dead));
}

void delivery_item::remove(std::string note_key) {
  item_.notes_removed.push_back(std::move(note_key));
}

template <class Event>
void delivery_item::happened(const Event& event) {
  auto content = encode_message(event);
  if (!content) {
    if (encoded_)
      encoded_ = fail(content.error());
    return;
  }
  event_data data;
  data.id = event_id(random_uuid(item_.time));
  data.content = std::move(*content);
  data.time = item_.time;
  item_.events.push_back(std::move(data));
}

template void delivery_item::happened(const subscriber_added& event);
template void delivery_item::happened(const subscriber_removed& event);
template void delivery_item::happened(const message_dead_lettered& event);
template void delivery_item::happened(const dead_letter_retried& event);
template void delivery_item::happened(const dead_letter_resolved& event);
template void delivery_item::happened(const dead_letter_dropped& event);

auto delivery_item::take() && -> result<append_item> {
  if (!encoded_)
    return fail(encoded_.error());
  // Notes may be put again, events may not: a receipt sees to it.
  if (!item_.events.empty())
    item_.command = command_id(random_uuid(item_.time));
  return std::move(item_);
}

auto dead_letter_of(std::string_view subscriber, std::string_view topic, const recorded_event& message,
                    const parked_message& dead, timestamp now, const std::optional<dead_letter>& before)
    -> dead_letter {
  dead_letter made;
  made.subscriber = subscriber;
  made.topic = topic;
  made.log = message.at.log;
  made.offset = dead.offset;
  made.stream = message.stream.name();
  made.version = message.version;
  made.id = message.data.id.value();
  made.type = message.data.content.type;
  made.type_version = message.data.content.version;
  made.key = dead.key;
  made.published = message.data.time;
  made.correlation_id = message.data.meta.correlation_id;
  made.causation_id = message.data.meta.causation_id;
  made.died = now;
  made.attempts_made = dead.attempts_made + (before ? before->attempts_made : 0);
  if (before)
    made.attempts = before->attempts;
  made.attempts.insert(made.attempts.end(), dead.attempts.begin(), dead.attempts.end());
  auto spare = made.attempts.size() - std::min(made.attempts.size(), attempts_kept_max);
  made.attempts.erase(made.attempts.begin(), made.attempts.begin() + static_cast<std::ptrdiff_t>(spare));
  return made;
}

} // namespace tusker
