#include <tusker/model/ordered_key.hpp>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

namespace tusker {

namespace {

constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63U;
constexpr std::size_t number_bytes = 8;
constexpr auto escaped_zero = std::string_view("\x00\xFF", 2);
constexpr auto text_end = std::string_view("\x00\x01", 2);

auto flipped(char byte) -> char {
  return static_cast<char>(~static_cast<unsigned char>(byte));
}

auto flipped(char byte, key_order order) -> char {
  return order == key_order::descending ? flipped(byte) : byte;
}

auto escaped(std::string_view text) -> std::string {
  std::string out;
  out.reserve(text.size() + text_end.size());
  for (auto byte : text) {
    if (byte == '\0')
      out.append(escaped_zero);
    else
      out.push_back(byte);
  }
  return out;
}

} // namespace

void ordered_key::append(std::string_view part, key_order order) {
  for (auto byte : part)
    bytes_.push_back(flipped(byte, order));
}

auto ordered_key::text(std::string_view value, key_order order) -> ordered_key& {
  append(escaped(value).append(text_end), order);
  return *this;
}

auto ordered_key::text_prefix(std::string_view value) -> ordered_key& {
  bytes_.append(escaped(value));
  return *this;
}

auto ordered_key::natural(std::uint64_t value, key_order order) -> ordered_key& {
  std::string part;
  for (auto at = number_bytes; at-- > 0;)
    part.push_back(static_cast<char>(value >> (8 * at)));
  append(part, order);
  return *this;
}

auto ordered_key::integer(std::int64_t value, key_order order) -> ordered_key& {
  return natural(static_cast<std::uint64_t>(value) ^ sign_bit, order);
}

auto ordered_key::time(timestamp value, key_order order) -> ordered_key& {
  return integer(value.time_since_epoch().count(), order);
}

auto ordered_key::flag(bool value, key_order order) -> ordered_key& {
  append(value ? std::string_view("\x01", 1) : std::string_view("\x00", 1), order);
  return *this;
}

auto ordered_key::id(const uuid& value, key_order order) -> ordered_key& {
  append({reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size()}, order);
  return *this;
}

auto ordered_text_bytes(std::string_view value) -> std::size_t {
  return value.size() + static_cast<std::size_t>(std::count(value.begin(), value.end(), '\0')) +
         text_end.size();
}

void ordered_key_reader::refuse() {
  intact_ = false;
  rest_ = {};
}

auto ordered_key_reader::bytes(std::size_t count, key_order order) -> std::string {
  if (rest_.size() < count) {
    refuse();
    return {};
  }
  auto part = std::string(rest_.substr(0, count));
  rest_.remove_prefix(part.size());
  for (auto& byte : part)
    byte = flipped(byte, order);
  return part;
}

auto ordered_key_reader::text(key_order order) -> std::string {
  std::string value;
  while (intact_) {
    auto byte = bytes(1, order);
    if (byte != std::string_view("\0", 1)) {
      value += byte;
      continue;
    }
    auto mark = bytes(1, order);
    if (mark == text_end.substr(1))
      return value;
    if (mark == escaped_zero.substr(1))
      value.push_back('\0');
    else
      refuse();
  }
  return {};
}

auto ordered_key_reader::natural(key_order order) -> std::uint64_t {
  std::uint64_t value = 0;
  for (auto byte : bytes(number_bytes, order))
    value = (value << 8U) | static_cast<unsigned char>(byte);
  return value;
}

auto ordered_key_reader::integer(key_order order) -> std::int64_t {
  auto value = natural(order);
  return intact_ ? static_cast<std::int64_t>(value ^ sign_bit) : 0;
}

auto ordered_key_reader::time(key_order order) -> timestamp {
  return timestamp(std::chrono::microseconds(integer(order)));
}

auto ordered_key_reader::flag(key_order order) -> bool {
  auto byte = bytes(1, order);
  if (!byte.empty() && byte[0] != '\0' && byte[0] != '\x01')
    refuse();
  return intact_ && byte[0] == '\x01';
}

auto ordered_key_reader::id(key_order order) -> uuid {
  uuid value;
  auto part = bytes(value.bytes.size(), order);
  if (intact_)
    std::memcpy(value.bytes.data(), part.data(), part.size());
  return value;
}

} // namespace tusker
