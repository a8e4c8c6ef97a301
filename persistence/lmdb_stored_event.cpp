#include <tusker/persistence/lmdb_stored_event.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/stored_codec.hpp>

namespace tusker {

auto add_event(type_names& types, log_offset offset, const event_record& record,
               std::vector<recorded_event>& events) -> result<void> {
  const auto& header = record.header;
  auto type = types.of(header.type);
  if (!type)
    return fail(type.error());
  byte_reader meta(record.meta);
  // Filled where it will stay: events are large, and there are many.
  auto& event = events.emplace_back();
  event.version = header.version;
  event.at = {log_id(), offset};
  event.shard = header.shard;
  event.data.id = header.id;
  auto json = unpack_text(record.content);
  if (!json)
    return fail(journal_errc::corrupt, "the content of the event at offset " +
                                           std::to_string(offset.value()) + " cannot be unpacked");
  event.data.content.type = **type;
  event.data.content.version = header.schema;
  event.data.content.json = std::move(*json);
  decode_metadata_into(meta, event.data.meta);
  event.data.time = header.time;
  if (!meta.is_finished())
    return fail(journal_errc::corrupt,
                "the metadata of the event at offset " + std::to_string(offset.value()) + " is damaged");
  return {};
}

} // namespace tusker
