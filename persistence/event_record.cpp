#include <tusker/persistence/event_record.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/crc32c.hpp>
#include <tusker/persistence/stored_codec.hpp>

#include <utility>

namespace tusker {

namespace {

constexpr std::size_t crc_bytes = 4;

/// The checksum begins with the offset, so that a record under another's key is found out.
auto checksum(log_offset offset, std::string_view rest) -> std::uint32_t {
  return crc32c(rest, crc32c(byte_writer().big(offset.value()).view()));
}

void put_header(byte_writer& out, const event_header& header, std::size_t meta_bytes,
                const packed_view& content) {
  auto total_bytes = event_header_bytes + meta_bytes + content.bytes.size();
  out.little(static_cast<std::uint32_t>(total_bytes));
  out.little(header.stream.value()).little(header.version.value());
  out.little(header.type.value()).little(header.category.value());
  out.little(header.schema.value()).little(header.shard.value());
  out.little(static_cast<std::uint8_t>(content.codec)).little(std::uint8_t{0}).little(std::uint16_t{0});
  out.little(static_cast<std::uint64_t>(header.time.time_since_epoch().count()));
  out.raw(header.id.value().bytes);
  out.little(static_cast<std::uint32_t>(meta_bytes)).little(content.plain_bytes);
}

void take_header(byte_reader& in, event_header& header) {
  header.stream = stream_number(in.little<std::uint64_t>());
  header.version = stream_version(in.little<std::uint64_t>());
  header.type = name_number(in.little<std::uint32_t>());
  header.category = name_number(in.little<std::uint32_t>());
  header.schema = schema_version(in.little<std::uint16_t>());
  header.shard = shard_id(in.little<std::uint16_t>());
}

} // namespace

auto encode_event_record(log_offset offset, const event_header& header, const event_data& data)
    -> std::string {
  byte_writer meta;
  encode_metadata(meta, data.meta);
  auto content = pack_text(data.content.json, event_header_bytes + meta.view().size());
  byte_writer rest;
  put_header(rest, header, meta.view().size(), content.view());
  rest.bytes(meta.view()).bytes(content.view().bytes);
  return std::move(byte_writer().little(checksum(offset, rest.view())).bytes(rest.view())).take();
}

auto decode_event_record(log_offset offset, std::string_view bytes) -> std::optional<event_record> {
  byte_reader in(bytes);
  auto crc = in.little<std::uint32_t>();
  auto length = in.little<std::uint32_t>();
  if (!in.is_intact() || length != bytes.size() || checksum(offset, bytes.substr(crc_bytes)) != crc)
    return std::nullopt;
  // Filled where the caller will find it. A copy of numbers that were written one by one just before makes the
  // processor wait for each, which took longer than all else here.
  std::optional<event_record> decoded(std::in_place);
  auto& record = *decoded;
  take_header(in, record.header);
  record.content.codec = static_cast<text_codec>(in.little<std::uint8_t>());
  // Flags and padding. A flag that this format does not know may mean that the event is gone: it is not to be shown.
  auto has_flags = in.bytes(3) != std::string_view("\0\0\0", 3);
  record.header.time =
      timestamp{std::chrono::microseconds(static_cast<std::int64_t>(in.little<std::uint64_t>()))};
  uuid id;
  in.raw(id.bytes);
  record.header.id = event_id(id);
  auto meta_bytes = in.little<std::uint32_t>();
  record.content.plain_bytes = in.little<std::uint32_t>();
  record.meta = in.bytes(meta_bytes);
  record.content.bytes = in.rest();
  if (!in.is_intact() || has_flags || !is_known(record.content.codec))
    decoded.reset();
  return decoded;
}

} // namespace tusker
