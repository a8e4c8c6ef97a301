#include <tusker/persistence/commit_log_batch.hpp>

#include <tusker/persistence/byte_reader.hpp>

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace tusker {

namespace {

/// Kind, table and length of the key; the length of the value follows unless the row is erased.
constexpr std::size_t front_bytes = 4;
constexpr std::size_t value_length_bytes = 4;

auto is_known(row_change_kind kind) -> bool {
  return kind == row_change_kind::put || kind == row_change_kind::put_new || kind == row_change_kind::erase;
}

} // namespace

void commit_log_batch::add(const row_change& change) {
  assert(is_known(change.kind));
  assert(change.key.size() <= std::numeric_limits<std::uint16_t>::max());
  assert(change.value.size() <= std::numeric_limits<std::uint32_t>::max());
  auto has_value = change.kind != row_change_kind::erase;
  assert(has_value || change.value.empty());
  std::array<char, front_bytes + value_length_bytes> front{};
  front[0] = static_cast<char>(change.kind);
  front[1] = static_cast<char>(change.table);
  front[2] = static_cast<char>(change.key.size());
  front[3] = static_cast<char>(change.key.size() >> 8U);
  for (std::size_t at = 0; at < value_length_bytes; ++at)
    front[front_bytes + at] = static_cast<char>(change.value.size() >> (8 * at));
  encoded_.append(front.data(), has_value ? front.size() : front_bytes);
  encoded_.append(change.key);
  encoded_.append(change.value);
}

auto take_row_change(std::string_view& rest, row_change& change) -> bool {
  byte_reader in(rest);
  change.kind = static_cast<row_change_kind>(in.little<std::uint8_t>());
  change.table = in.little<std::uint8_t>();
  auto key_bytes = in.little<std::uint16_t>();
  auto value_bytes = change.kind == row_change_kind::erase ? 0 : in.little<std::uint32_t>();
  change.key = in.bytes(key_bytes);
  change.value = in.bytes(value_bytes);
  if (!in.is_intact() || !is_known(change.kind))
    return false;
  rest = in.rest();
  return true;
}

} // namespace tusker
