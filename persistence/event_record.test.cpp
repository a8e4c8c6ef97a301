#include <tusker/persistence/event_record.hpp>

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker/persistence/stored_codec.hpp>
#include <tusker_test/catch.hpp>

#include <array>
#include <cstdio>

namespace tusker {

using namespace sample;

namespace {

constexpr log_offset place{1};

/// The event of the worked example in docs/storage_format.md.
auto example_header() -> event_header {
  event_header header;
  header.stream = stream_number(1);
  header.version = stream_version(1);
  header.type = name_number(1);
  header.category = name_number(1);
  header.schema = schema_version(1);
  header.shard = shard_id(54);
  header.time = must(parse_timestamp("2026-11-23T09:30:00.000001Z"));
  header.id = event_id(must(parse_uuid("019aaffb-0740-7000-8000-000000000002")));
  return header;
}

auto example_event() -> event_data {
  event_data event;
  event.content = {"OrderPlaced", schema_version(1), R"({"cents":5})"};
  event.meta.user = {{"k", "v"}};
  return event;
}

auto example_record() -> std::string {
  return encode_event_record(place, example_header(), example_event());
}

auto to_hex(std::string_view bytes) -> std::string {
  std::string hex;
  for (auto byte : bytes) {
    auto text = std::array<char, 3>{};
    std::snprintf(text.data(), text.size(), "%02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    hex.append(text.data());
  }
  return hex;
}

} // namespace

TEST_CASE("the record of the worked example in docs/storage_format.md has these bytes") {
  CHECK(to_hex(example_record()) ==
        "b99c7fbf8900000001000000000000000100000000000000010000000100000001003600010000000116df3c"
        "ee600600019aaffb074070008000000000000002360000000000000000000000000000000000000000000000"
        "00000000000000000000000000000000000000000000000001000000010000006b01000000767b2263656e74"
        "73223a357d");
}

TEST_CASE("an event's record gives everything back") {
  auto record = example_record();
  auto decoded = decode_event_record(place, record);
  REQUIRE(decoded);
  auto header = example_header();
  CHECK(decoded->header.stream == header.stream);
  CHECK(decoded->header.version == header.version);
  CHECK(decoded->header.type == header.type);
  CHECK(decoded->header.category == header.category);
  CHECK(decoded->header.schema == header.schema);
  CHECK(decoded->header.shard == header.shard);
  CHECK(decoded->header.time == header.time);
  CHECK(decoded->header.id == header.id);
  CHECK(decoded->content.bytes == example_event().content.json);
  byte_reader meta(decoded->meta);
  CHECK(decode_metadata(meta) == example_event().meta);
  CHECK(meta.is_finished());
}

TEST_CASE("a header's numbers keep all their bits") {
  event_header header;
  header.stream = stream_number(UINT64_MAX);
  header.version = stream_version(UINT64_MAX - 1);
  header.type = name_number(UINT32_MAX);
  header.category = name_number(UINT32_MAX - 1);
  header.schema = schema_version(UINT16_MAX);
  header.shard = shard_id(UINT16_MAX - 1);
  header.time = timestamp::min();
  auto record = encode_event_record(log_offset(UINT64_MAX), header, {});
  auto decoded = decode_event_record(log_offset(UINT64_MAX), record);
  REQUIRE(decoded);
  CHECK(decoded->header.stream == header.stream);
  CHECK(decoded->header.version == header.version);
  CHECK(decoded->header.type == header.type);
  CHECK(decoded->header.category == header.category);
  CHECK(decoded->header.schema == header.schema);
  CHECK(decoded->header.shard == header.shard);
  CHECK(decoded->header.time == header.time);
  CHECK(decoded->content.bytes.empty());
}

TEST_CASE("every flipped bit of a record is found out") {
  const auto record = example_record();
  std::size_t unnoticed = 0;
  for (std::size_t bit = 0; bit < record.size() * 8; ++bit) {
    auto damaged = record;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    unnoticed += decode_event_record(place, damaged) ? 1U : 0U;
  }
  CHECK(unnoticed == 0);
}

TEST_CASE("a record that is cut off, has a tail, or stands at another offset is found out") {
  const auto record = example_record();
  for (std::size_t bytes = 0; bytes < record.size(); ++bytes)
    CHECK_FALSE(decode_event_record(place, std::string_view(record).substr(0, bytes)));
  CHECK_FALSE(decode_event_record(place, record + '\0'));
  CHECK_FALSE(decode_event_record(place.next(), record));
}

TEST_CASE("a large content is packed where that saves space, and its length is in the header") {
  auto event = example_event();
  event.content.json = "[" + std::string(5'000, '7') + "]";
  auto record = encode_event_record(place, example_header(), event);
  CHECK(record.size() < 1'000);
  auto decoded = decode_event_record(place, record);
  REQUIRE(decoded);
  CHECK(decoded->content.codec == text_codec::zstd);
  CHECK(decoded->content.text_bytes() == event.content.json.size());
  CHECK(unpack_text(decoded->content) == event.content.json);
}

} // namespace tusker
