#include <tusker/persistence/stored_codec.hpp>

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <array>

namespace tusker {

using namespace sample;

namespace {

auto full_metadata() -> metadata {
  return {"customer-1",
          id_numbered(1),
          id_numbered(2),
          "00-trace-01",
          {{"", "x"}, {"tenant", "north"}, {"y", ""}}};
}

auto full_receipt() -> stored_receipt {
  auto rejection = encoded_message{"OutOfStock", schema_version(2), "{\"left\":0}"};
  return {hash_of_text("place"),
          {stream_version(7), {log_id(3), log_offset(UINT64_MAX)}, 4, rejection, timestamp::min()}};
}

/// Whether nothing comes out of a body that is cut off anywhere, or has one byte more.
template <class Decode>
auto takes_only_whole(const std::string& body, const Decode& decode) -> bool {
  for (std::size_t bytes = 0; bytes < body.size(); ++bytes)
    if (decode(std::string_view(body).substr(0, bytes)))
      return false;
  return !decode(body + '\0');
}

} // namespace

TEST_CASE("metadata is read back, and nothing is intact of metadata that is cut off") {
  for (const auto& meta : {full_metadata(), metadata{}}) {
    byte_writer out;
    encode_metadata(out, meta);
    byte_reader in(out.view());
    CHECK(decode_metadata(in) == meta);
    CHECK(in.is_finished());
    for (std::size_t bytes = 0; bytes < out.view().size(); ++bytes) {
      byte_reader cut(out.view().substr(0, bytes));
      (void)decode_metadata(cut);
      CHECK_FALSE(cut.is_intact());
    }
  }
}

TEST_CASE("metadata whose names are not in their order, or stand twice, were not written here") {
  for (const auto& names : {std::array{"b", "a"}, std::array{"a", "a"}}) {
    byte_writer out;
    out.text("").raw(uuid{}.bytes).raw(uuid{}.bytes).text("").little(std::uint32_t{2});
    for (const auto* name : names)
      out.text(name).text("value");
    byte_reader in(out.view());
    (void)decode_metadata(in);
    CHECK_FALSE(in.is_intact());
  }
}

TEST_CASE("receipts are read back, with and without a rejection") {
  auto plain = full_receipt();
  plain.outcome.rejection.reset();
  for (const auto& receipt : {full_receipt(), plain, stored_receipt{}}) {
    auto body = encode_receipt(receipt);
    CHECK(decode_receipt(body) == receipt);
    CHECK(takes_only_whole(body, decode_receipt));
  }
}

TEST_CASE("timers are read back") {
  auto timer = timer_entry{{timestamp::min(), id_numbered(1)}, stream_named("order-1"), {"Remind", {}, "{}"}};
  auto body = encode_timer(timer);
  CHECK(decode_timer(timer.key, body) == timer);
  CHECK(takes_only_whole(body, [&](std::string_view part) { return decode_timer(timer.key, part); }));
}

TEST_CASE("a timer whose owner is no stream is refused") {
  auto timer = timer_entry{};
  CHECK_FALSE(decode_timer(timer.key, encode_timer(timer)));
}

TEST_CASE("outbox entries are read back") {
  auto entry = outbox_numbered(1);
  entry.meta = full_metadata();
  for (const auto& each : {entry, outbox_entry{}}) {
    auto body = encode_outbox_entry(each);
    CHECK(decode_outbox_entry(each.id, body) == each);
    CHECK(takes_only_whole(body, [&](std::string_view part) { return decode_outbox_entry(each.id, part); }));
  }
}

TEST_CASE("notes are read back, under any key") {
  auto owner = stream_named("order-1");
  auto note = note_under(std::string("a\0\xff", 3));
  auto body = encode_note(owner, note.content);
  CHECK(decode_note(note.key, body) == owned_note{owner, note});
  CHECK(takes_only_whole(body, [&](std::string_view part) { return decode_note(note.key, part); }));
  CHECK_FALSE(decode_note(note.key, encode_note(stream_id(), note.content)));
}

TEST_CASE("a snapshot is read back, small and plain or large and packed") {
  for (const auto& json : {std::string(), std::string("{}"), std::string(20'000, 'x'), noise(20'000)}) {
    auto snapshot =
        stored_snapshot{stream_version(7), timestamp::min(), {"Order", schema_version(65'535), json}};
    CHECK(decode_snapshot(encode_snapshot(snapshot)) == snapshot);
  }
}

TEST_CASE("nothing is read of a snapshot that is cut off before its state, or whose packed state is") {
  auto small = stored_snapshot{stream_version(7), time_at(1), {"Order", schema_version(1), ""}};
  CHECK(takes_only_whole(encode_snapshot(small), [](std::string_view body) {
    auto decoded = decode_snapshot(body);
    return decoded && decoded->state.json.empty();
  }));
  auto large =
      encode_snapshot({stream_version(7), time_at(1), {"Order", schema_version(1), std::string(9'000, 'x')}});
  CHECK(large.size() < 1'000);
  CHECK(takes_only_whole(large, [](std::string_view body) { return decode_snapshot(body); }));
}

TEST_CASE("a receipt with a flag that nobody knows is not believed") {
  auto receipt = full_receipt();
  receipt.outcome.rejection.reset();
  auto body = encode_receipt(receipt);
  REQUIRE(decode_receipt(body) == receipt);
  body.back() = 2;
  CHECK_FALSE(decode_receipt(body));
}

} // namespace tusker
