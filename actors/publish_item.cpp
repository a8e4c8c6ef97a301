#include <tusker/actors/publish_item.hpp>

#include <tusker/model/topic_outbox.hpp>

namespace tusker {

auto make_publish_item(const node_context& node, std::string_view topic, message_id id,
                       const encoded_message& content, const metadata& meta) -> append_item {
  append_item item;
  item.stream = *topic_stream(topic);
  item.shard = shard_of(item.stream, node.reader->shards());
  item.shard_epoch = node.epochs[item.shard.value()];
  item.expected = any;
  item.command = command_id(id.value());
  item.command_hash = hash_of_message(topic, content, message_key(meta));
  item.time = node.clock->now();
  item.events.push_back({event_id(id.value()), content, meta, item.time});
  return item;
}

} // namespace tusker
