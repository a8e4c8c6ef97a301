#include "fuzz_target.hpp"

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/crc32c.hpp>
#include <tusker/persistence/event_record.hpp>
#include <tusker/persistence/stored_codec.hpp>

// Event records. The input is an offset and a record; the record is tried as it is, with a checksum that fits, since no
// mutation gets past it by chance, and with a length that fits too.

namespace tusker::fuzz {

namespace {

constexpr std::size_t crc_bytes = 4;
constexpr std::size_t crc_and_length_bytes = 8;

/// A record of what stands behind its checksum.
auto with_checksum(log_offset offset, std::string_view rest) -> std::string {
  auto crc = crc32c(rest, crc32c(byte_writer().big(offset.value()).view()));
  return std::string(byte_writer().little(crc).bytes(rest).view());
}

auto input_of(log_offset offset, const event_data& data) -> std::string {
  event_header header;
  header.stream = stream_number(7);
  header.version = stream_version(3);
  header.type = name_number(2);
  header.category = name_number(1);
  header.shard = shard_id(54);
  header.time = timestamp{std::chrono::microseconds(1'795'426'200'000'001)};
  byte_writer out;
  out.little(offset.value()).bytes(encode_event_record(offset, header, data));
  return std::move(out).take();
}

auto is_same(const event_header& left, const event_header& right) -> bool {
  return left.stream == right.stream && left.version == right.version && left.type == right.type &&
         left.category == right.category && left.schema == right.schema && left.shard == right.shard &&
         left.time == right.time && left.id == right.id;
}

/// What a record holds, taken apart to the last byte; none where metadata or content are damaged.
auto data_of(const event_record& record) -> std::optional<event_data> {
  event_data data;
  byte_reader meta(record.meta);
  data.meta = decode_metadata(meta);
  auto json = unpack_text(record.content);
  if (!meta.is_finished() || !json)
    return std::nullopt;
  data.content.json = std::move(*json);
  return data;
}

void check_record(log_offset offset, std::string_view bytes) {
  auto record = decode_event_record(offset, bytes);
  if (!record)
    return;
  require(!decode_event_record(offset.next(), bytes), "a record is taken at another offset");
  auto data = data_of(*record);
  if (!data)
    return;
  auto again = encode_event_record(offset, record->header, *data);
  auto twice = decode_event_record(offset, again);
  require(twice && is_same(twice->header, record->header), "a header does not come back");
  auto data_again = data_of(*twice);
  require(data_again && data_again->meta == data->meta && data_again->content == data->content,
          "what a record holds does not come back");
  // One content has many frames, and long ones are packed; all else has one form.
  if (twice->content.codec == text_codec::plain && record->content.codec == text_codec::plain)
    require(again == bytes, "a record that was taken is written otherwise");
}

} // namespace

auto seeds() -> std::vector<std::string> {
  event_data small;
  small.content.json = R"({"cents":5})";
  event_data full = small;
  full.meta.subject = "customer-1";
  full.meta.traceparent = "00-trace-01";
  full.meta.user = {{"", ""}, {"a", "1"}, {"tenant", "north"}};
  event_data packed = full;
  packed.content.json = "[" + std::string(3'000, '7') + "]";
  return {input_of(log_offset(1), small), input_of(log_offset(UINT64_MAX - 1), full),
          input_of(log_offset(2), packed)};
}

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  byte_reader in(text_of(data, size));
  auto offset = log_offset(in.little<std::uint64_t>());
  auto record = in.rest();
  check_record(offset, record);
  if (record.size() >= crc_and_length_bytes) {
    check_record(offset, with_checksum(offset, record.substr(crc_bytes)));
    byte_writer rest;
    rest.little(static_cast<std::uint32_t>(record.size())).bytes(record.substr(crc_and_length_bytes));
    check_record(offset, with_checksum(offset, rest.view()));
  }
  return 0;
}
