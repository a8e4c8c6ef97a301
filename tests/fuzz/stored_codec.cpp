#include "fuzz_target.hpp"

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/lmdb_streams.hpp>
#include <tusker/persistence/stored_codec.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

// The bodies of what is stored besides events: the first byte of the input chooses the kind, the rest is the body.
// A kind more is a check and a seed more.

namespace tusker::fuzz {

namespace {

const uuid any_id = {{1, 2, 3}};

/// Whether a body has one form only, so that what was read is written as the same bytes.
enum class forms { one, many };

/// What a body gives is written, and read from there, as the same value.
template <class Decode, class Encode>
void check_body(std::string_view body, const Decode& decode, const Encode& encode, forms has = forms::one) {
  auto value = decode(body);
  if (!value)
    return;
  auto again = encode(*value);
  require(has == forms::many || again == body, "a body that was read is written otherwise");
  auto twice = decode(again);
  require(twice && encode(*twice) == again, "a body that was written is not read back");
}

void check_metadata(std::string_view body) {
  auto decode = [](std::string_view bytes) {
    byte_reader in(bytes);
    auto meta = decode_metadata(in);
    return in.is_finished() ? std::optional(std::move(meta)) : std::nullopt;
  };
  auto encode = [](const metadata& meta) {
    byte_writer out;
    encode_metadata(out, meta);
    return std::move(out).take();
  };
  check_body(body, decode, encode);
}

void check_receipt(std::string_view body) {
  check_body(body, decode_receipt, encode_receipt);
}

void check_timer(std::string_view body) {
  check_body(
      body,
      [](std::string_view bytes) {
        return decode_timer({timestamp{}, any_id}, bytes);
      },
      encode_timer);
}

void check_outbox_entry(std::string_view body) {
  check_body(
      body, [](std::string_view bytes) { return decode_outbox_entry(any_id, bytes); }, encode_outbox_entry);
}

void check_note(std::string_view body) {
  check_body(
      body, [](std::string_view bytes) { return decode_note("key", bytes); },
      [](const owned_note& found) { return encode_note(found.owner, found.note.content); });
}

/// A state has many zstd frames.
void check_snapshot(std::string_view body) {
  check_body(body, decode_snapshot, encode_snapshot, forms::many);
  if (auto value = decode_snapshot(body))
    require(decode_snapshot(encode_snapshot(*value)) == value, "a snapshot does not come back");
}

void check_stream_entry(std::string_view body) {
  check_body(body, decode_stream_entry, encode_stream_entry);
}

constexpr std::array checks{check_metadata, check_receipt,      check_timer, check_outbox_entry,
                            check_snapshot, check_stream_entry, check_note};

template <class Check>
auto input_of(const Check& check, std::string_view body) -> std::string {
  auto kind = std::find(checks.begin(), checks.end(), check) - checks.begin();
  return std::string(1, static_cast<char>(kind)).append(body);
}

auto full_metadata() -> metadata {
  return {"customer-1", any_id, {}, "00-trace-01", {{"", "x"}, {"a", ""}, {"tenant", "north"}}};
}

auto metadata_body() -> std::string {
  byte_writer out;
  encode_metadata(out, full_metadata());
  return std::move(out).take();
}

} // namespace

auto seeds() -> std::vector<std::string> {
  auto owner = stream_id::parse("order-1").value();
  auto message = encoded_message{"OutOfStock", schema_version(2), R"({"left":0})"};
  stored_receipt receipt;
  receipt.outcome = {stream_version(7), {log_id(3), log_offset(9)}, 4, std::nullopt, timestamp::min()};
  stored_receipt rejected = receipt;
  rejected.outcome.rejection = message;
  stored_snapshot small{stream_version(3), timestamp{}, message};
  stored_snapshot large = small;
  large.state.json = "[" + std::string(3'000, '7') + "]";
  return {input_of(check_metadata, metadata_body()),
          input_of(check_receipt, encode_receipt(receipt)),
          input_of(check_receipt, encode_receipt(rejected)),
          input_of(check_timer, encode_timer({{timestamp{}, any_id}, owner, message})),
          input_of(check_outbox_entry, encode_outbox_entry({any_id, "payment-1", message, full_metadata()})),
          input_of(check_snapshot, encode_snapshot(small)),
          input_of(check_snapshot, encode_snapshot(large)),
          input_of(check_stream_entry, encode_stream_entry({owner, stream_version(2), stream_state::open})),
          input_of(check_stream_entry, encode_stream_entry({owner, {}, stream_state::tombstoned})),
          input_of(check_note, encode_note(owner, message))};
}

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker::fuzz;
  if (size > 0)
    checks.at(data[0] % checks.size())(text_of(data + 1, size - 1));
  return 0;
}
