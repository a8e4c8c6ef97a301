#include <tusker/persistence/lmdb_read_keys.hpp>

#include <tusker/model/ordered_key.hpp>
#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>

#include <utility>

namespace tusker {

namespace {

constexpr std::size_t number_bytes = 8;
constexpr std::size_t index_prefix_bytes = 10;

} // namespace

auto model_key(model_number model) -> std::string {
  return std::move(byte_writer().big(model.value())).take();
}

auto offset_key(model_number model, log_id log) -> std::string {
  return std::move(byte_writer().big(model.value()).big(log.value())).take();
}

auto log_of_offset_key(std::string_view key) -> log_id {
  byte_reader in(key);
  (void)in.bytes(number_bytes);
  return log_id(in.big<std::uint32_t>());
}

auto table_key(model_number model, std::string_view table) -> std::string {
  return std::move(byte_writer().big(model.value()).bytes(table)).take();
}

auto name_of_table_key(std::string_view key) -> std::string_view {
  byte_reader in(key);
  (void)in.bytes(number_bytes);
  return in.rest();
}

auto table_prefix(table_number table) -> std::string {
  return std::move(byte_writer().big(table.value())).take();
}

auto table_of_prefix(std::string_view key) -> table_number {
  return table_number(byte_reader(key).big<std::uint64_t>());
}

auto row_key(table_number table, std::string_view key) -> std::string {
  return std::move(byte_writer().big(table.value()).bytes(key)).take();
}

auto index_prefix(table_number table, index_number index) -> std::string {
  return std::move(byte_writer().big(table.value()).big(index.value())).take();
}

auto index_entry_key(table_number table, const stored_index_key& entry, std::string_view key) -> std::string {
  byte_writer out;
  out.big(table.value()).big(entry.index.value()).bytes(ordered_key().text(entry.key).view()).bytes(key);
  return std::move(out).take();
}

auto place_of_index_entry(std::string_view entry) -> std::optional<scan_place> {
  byte_reader in(entry);
  (void)in.bytes(index_prefix_bytes);
  if (!in.is_intact())
    return std::nullopt;
  ordered_key_reader rest(in.rest());
  scan_place place;
  place.index_key = rest.text();
  place.key = rest.rest();
  return rest.is_intact() ? std::optional(std::move(place)) : std::nullopt;
}

} // namespace tusker
