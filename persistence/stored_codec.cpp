#include <tusker/persistence/stored_codec.hpp>

#include <tusker/persistence/packed_text.hpp>

#include <utility>

namespace tusker {

namespace {

constexpr std::uint8_t receipt_has_rejection = 1;

void encode_content(byte_writer& out, const encoded_message& content) {
  out.text(content.type).little(content.version.value()).text(content.json);
}

auto decode_content(byte_reader& in) -> encoded_message {
  encoded_message content;
  content.type = in.text();
  content.version = schema_version(in.little<std::uint16_t>());
  content.json = in.text();
  return content;
}

} // namespace

void encode_time(byte_writer& out, timestamp time) {
  out.little(static_cast<std::uint64_t>(time.time_since_epoch().count()));
}

auto decode_time(byte_reader& in) -> timestamp {
  return timestamp{std::chrono::microseconds(static_cast<std::int64_t>(in.little<std::uint64_t>()))};
}

void encode_metadata(byte_writer& out, const metadata& meta) {
  out.text(meta.subject).raw(meta.correlation_id.bytes).raw(meta.causation_id.bytes).text(meta.traceparent);
  out.little(static_cast<std::uint32_t>(meta.user.size()));
  for (const auto& [name, value] : meta.user)
    out.text(name).text(value);
}

void decode_metadata_into(byte_reader& in, metadata& meta) {
  meta.subject = in.text_view();
  in.raw(meta.correlation_id.bytes);
  in.raw(meta.causation_id.bytes);
  meta.traceparent = in.text_view();
  auto count = in.little<std::uint32_t>();
  for (std::uint32_t at = 0; at < count && in.is_intact(); ++at) {
    auto name = in.text();
    // Names are written in their order, each once.
    if (!meta.user.empty() && name <= meta.user.rbegin()->first)
      in.refuse();
    meta.user[std::move(name)] = in.text();
  }
}

auto decode_metadata(byte_reader& in) -> metadata {
  metadata meta;
  decode_metadata_into(in, meta);
  return meta;
}

auto encode_receipt(const stored_receipt& receipt) -> std::string {
  const auto& outcome = receipt.outcome;
  byte_writer out;
  out.raw(receipt.hash.bytes).little(outcome.version.value());
  out.little(outcome.at.log.value()).little(outcome.at.offset.value()).little(outcome.event_count);
  encode_time(out, outcome.time);
  out.little(outcome.rejection ? receipt_has_rejection : std::uint8_t{0});
  if (outcome.rejection)
    encode_content(out, *outcome.rejection);
  return std::move(out).take();
}

auto decode_receipt(std::string_view body) -> std::optional<stored_receipt> {
  byte_reader in(body);
  stored_receipt receipt;
  auto& outcome = receipt.outcome;
  in.raw(receipt.hash.bytes);
  outcome.version = stream_version(in.little<std::uint64_t>());
  outcome.at.log = log_id(in.little<std::uint32_t>());
  outcome.at.offset = log_offset(in.little<std::uint64_t>());
  outcome.event_count = in.little<std::uint32_t>();
  outcome.time = decode_time(in);
  // A flag that this format does not know may change what the receipt means: it is not to be believed.
  auto flags = in.little<std::uint8_t>();
  if (flags == receipt_has_rejection)
    outcome.rejection = decode_content(in);
  return in.is_finished() && flags <= receipt_has_rejection ? std::optional(std::move(receipt))
                                                            : std::nullopt;
}

auto encode_snapshot(const stored_snapshot& snapshot) -> std::string {
  const auto& [type, schema, json] = snapshot.state;
  byte_writer out;
  out.little(snapshot.version.value());
  encode_time(out, snapshot.time);
  out.text(type).little(schema.value());
  auto state = pack_text(json, out.view().size());
  auto packed = state.view();
  out.little(static_cast<std::uint8_t>(packed.codec)).little(packed.plain_bytes).bytes(packed.bytes);
  return std::move(out).take();
}

auto decode_snapshot(std::string_view body) -> std::optional<stored_snapshot> {
  byte_reader in(body);
  stored_snapshot snapshot;
  snapshot.version = stream_version(in.little<std::uint64_t>());
  snapshot.time = decode_time(in);
  snapshot.state.type = in.text();
  snapshot.state.version = schema_version(in.little<std::uint16_t>());
  packed_view packed;
  packed.codec = static_cast<text_codec>(in.little<std::uint8_t>());
  packed.plain_bytes = in.little<std::uint32_t>();
  packed.bytes = in.rest();
  auto json = in.is_finished() ? unpack_text(packed) : std::nullopt;
  if (!json)
    return std::nullopt;
  snapshot.state.json = std::move(*json);
  return snapshot;
}

auto encode_timer(const timer_entry& timer) -> std::string {
  byte_writer out;
  out.text(timer.owner.name());
  encode_content(out, timer.content);
  return std::move(out).take();
}

auto decode_timer(const timer_key& key, std::string_view body) -> std::optional<timer_entry> {
  byte_reader in(body);
  auto owner = stream_id::parse(in.text());
  auto content = decode_content(in);
  if (!owner || !in.is_finished())
    return std::nullopt;
  return timer_entry{key, std::move(*owner), std::move(content)};
}

auto encode_outbox_entry(const outbox_entry& entry) -> std::string {
  byte_writer out;
  out.text(entry.target);
  encode_content(out, entry.content);
  encode_metadata(out, entry.meta);
  return std::move(out).take();
}

auto decode_outbox_entry(const uuid& id, std::string_view body) -> std::optional<outbox_entry> {
  byte_reader in(body);
  outbox_entry entry;
  entry.id = id;
  entry.target = in.text();
  entry.content = decode_content(in);
  entry.meta = decode_metadata(in);
  return in.is_finished() ? std::optional(std::move(entry)) : std::nullopt;
}

auto encode_note(const stream_id& owner, const encoded_message& content) -> std::string {
  byte_writer out;
  out.text(owner.name());
  encode_content(out, content);
  return std::move(out).take();
}

auto decode_note(std::string_view key, std::string_view body) -> std::optional<owned_note> {
  byte_reader in(body);
  auto owner = stream_id::parse(in.text());
  auto content = decode_content(in);
  if (!owner || !in.is_finished())
    return std::nullopt;
  return owned_note{std::move(*owner), {std::string(key), std::move(content)}};
}

} // namespace tusker
