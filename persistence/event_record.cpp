#include <tusker/persistence/event_record.hpp>

#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/crc32c.hpp>
#include <tusker/persistence/stored_codec.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstring>
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

// Where the numbers of a record stand, as `put_header` writes them.
constexpr std::size_t length_at = 4;
constexpr std::size_t stream_at = 8;
constexpr std::size_t version_at = 16;
constexpr std::size_t type_at = 24;
constexpr std::size_t category_at = 28;
constexpr std::size_t schema_at = 32;
constexpr std::size_t shard_at = 34;
constexpr std::size_t codec_at = 36;
constexpr std::size_t flags_at = 37;
constexpr std::size_t padding_at = 38;
constexpr std::size_t time_at = 40;
constexpr std::size_t id_at = 48;
constexpr std::size_t meta_bytes_at = 64;
constexpr std::size_t plain_bytes_at = 68;

/// One load. REQUIRES: the number stands there.
template <std::unsigned_integral Number>
auto number_at(std::string_view bytes, std::size_t at) -> Number {
  std::array<unsigned char, sizeof(Number)> part{};
  std::memcpy(part.data(), bytes.data() + at, sizeof(Number));
  if constexpr (std::endian::native != std::endian::little)
    std::ranges::reverse(part);
  return std::bit_cast<Number>(part);
}

void take_header(std::string_view bytes, event_header& header) {
  header.stream = stream_number(number_at<std::uint64_t>(bytes, stream_at));
  header.version = stream_version(number_at<std::uint64_t>(bytes, version_at));
  header.type = name_number(number_at<std::uint32_t>(bytes, type_at));
  header.category = name_number(number_at<std::uint32_t>(bytes, category_at));
  header.schema = schema_version(number_at<std::uint16_t>(bytes, schema_at));
  header.shard = shard_id(number_at<std::uint16_t>(bytes, shard_at));
  auto time = static_cast<std::int64_t>(number_at<std::uint64_t>(bytes, time_at));
  header.time = timestamp{std::chrono::microseconds(time)};
  uuid id;
  std::memcpy(id.bytes.data(), bytes.data() + id_at, id.bytes.size());
  header.id = event_id(id);
}

} // namespace

auto encode_event_record(log_offset offset, const event_header& header, const event_data& data)
    -> std::string {
  byte_writer meta;
  encode_metadata(meta, data.meta);
  auto content = pack_text(data.content.json, event_header_bytes + meta.view().size());
  byte_writer out(event_header_bytes + meta.view().size() + content.view().bytes.size());
  out.little(std::uint32_t{0});
  put_header(out, header, meta.view().size(), content.view());
  out.bytes(meta.view()).bytes(content.view().bytes);
  out.set_little(0, checksum(offset, out.view().substr(crc_bytes)));
  return std::move(out).take();
}

auto decode_event_record_into(log_offset offset, std::string_view bytes, event_record& record) -> bool {
  if (bytes.size() < event_header_bytes || number_at<std::uint32_t>(bytes, length_at) != bytes.size() ||
      checksum(offset, bytes.substr(crc_bytes)) != number_at<std::uint32_t>(bytes, 0))
    return false;
  // A flag that this format does not know may mean that the event is gone: it is not to be shown.
  if (number_at<std::uint8_t>(bytes, flags_at) != 0 || number_at<std::uint16_t>(bytes, padding_at) != 0)
    return false;
  auto rest = bytes.substr(event_header_bytes);
  auto meta_bytes = number_at<std::uint32_t>(bytes, meta_bytes_at);
  record.content.codec = static_cast<text_codec>(number_at<std::uint8_t>(bytes, codec_at));
  if (meta_bytes > rest.size() || !is_known(record.content.codec))
    return false;
  take_header(bytes, record.header);
  record.meta = rest.substr(0, meta_bytes);
  record.content.plain_bytes = number_at<std::uint32_t>(bytes, plain_bytes_at);
  record.content.bytes = rest.substr(meta_bytes);
  return true;
}

auto decode_event_record(log_offset offset, std::string_view bytes) -> std::optional<event_record> {
  std::optional<event_record> decoded(std::in_place);
  if (!decode_event_record_into(offset, bytes, *decoded))
    decoded.reset();
  return decoded;
}

} // namespace tusker
