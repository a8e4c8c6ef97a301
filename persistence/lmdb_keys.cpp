#include <tusker/persistence/lmdb_keys.hpp>

#include <tusker/model/content_hash.hpp>
#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace tusker {

namespace {

/// Moves the sign so that times before 1970 come first.
constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63U;

auto hash_of_name(const stream_id& stream) -> content_hash {
  return hash_of(std::array<std::string_view, 1>{stream.name()});
}

} // namespace

auto event_key(log_offset offset) -> std::string {
  return std::move(byte_writer().big(offset.value())).take();
}

auto offset_of_event_key(std::string_view key) -> log_offset {
  return log_offset(byte_reader(key).big<std::uint64_t>());
}

auto stream_event_key(stream_number stream, stream_version version) -> std::string {
  byte_writer out(2 * sizeof(std::uint64_t));
  out.big(stream.value()).big(version.value());
  return std::move(out).take();
}

auto stream_of_key(std::string_view key) -> stream_number {
  return stream_number(byte_reader(key).big<std::uint64_t>());
}

auto version_of_key(std::string_view key) -> stream_version {
  byte_reader in(key);
  (void)in.big<std::uint64_t>();
  return stream_version(in.big<std::uint64_t>());
}

auto stream_name_key(std::string_view name) -> std::string {
  constexpr std::size_t front_bytes = 385;
  if (name.size() <= whole_name_bytes_max)
    return std::string(name);
  auto whole = std::array<std::string_view, 1>{name};
  return std::move(byte_writer().bytes(name.substr(0, front_bytes)).raw(hash_of(whole).bytes)).take();
}

auto number_key(stream_number stream) -> std::string {
  return std::move(byte_writer().big(stream.value())).take();
}

auto receipt_key(shard_id shard, const stream_id& stream, command_id command) -> std::string {
  static_assert(receipt_key_bytes ==
                sizeof(std::uint16_t) + sizeof(uuid::bytes) + sizeof(content_hash::bytes));
  byte_writer out(receipt_key_bytes);
  out.big(shard.value()).raw(command.value().bytes).raw(hash_of_name(stream).bytes);
  return std::move(out).take();
}

auto command_of_receipt_key(std::string_view key) -> command_id {
  byte_reader in(key);
  (void)in.big<std::uint16_t>();
  uuid id;
  in.raw(id.bytes);
  return command_id(id);
}

auto shard_key(shard_id shard) -> std::string {
  return std::move(byte_writer().big(shard.value())).take();
}

auto timer_table_key(shard_id shard, const timer_key& timer) -> std::string {
  auto due = static_cast<std::uint64_t>(timer.due.time_since_epoch().count()) ^ sign_bit;
  byte_writer out;
  out.big(shard.value()).big(due).raw(timer.id.bytes);
  return std::move(out).take();
}

auto timer_of_key(std::string_view key) -> timer_key {
  byte_reader in(key);
  (void)in.big<std::uint16_t>();
  auto due = static_cast<std::int64_t>(in.big<std::uint64_t>() ^ sign_bit);
  timer_key timer{timestamp{std::chrono::microseconds(due)}, {}};
  in.raw(timer.id.bytes);
  return timer;
}

auto outbox_key(shard_id shard, const uuid& id) -> std::string {
  byte_writer out(sizeof(std::uint16_t) + sizeof(id.bytes));
  out.big(shard.value()).raw(id.bytes);
  return std::move(out).take();
}

auto outbox_id_of_key(std::string_view key) -> uuid {
  byte_reader in(key);
  (void)in.big<std::uint16_t>();
  uuid id;
  in.raw(id.bytes);
  return id;
}

auto note_table_key(shard_id shard, const stream_id& owner, std::string_view key) -> std::string {
  byte_writer out;
  out.big(shard.value()).raw(hash_of_name(owner).bytes).bytes(key);
  return std::move(out).take();
}

auto note_key_of(std::string_view table_key) -> std::string_view {
  constexpr auto front_bytes = sizeof(std::uint16_t) + sizeof(content_hash::bytes);
  return table_key.substr(std::min(table_key.size(), front_bytes));
}

} // namespace tusker
