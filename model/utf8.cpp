#include <tusker/model/utf8.hpp>

#include <cstdint>
#include <cstring>

namespace tusker {

namespace {

/// The shape that a lead byte announces: the sequence's length and the bounds of its second byte, which alone
/// decide overlong forms, surrogates and the last code point (RFC 3629, section 4).
struct sequence_shape {
  std::size_t bytes;
  unsigned char second_min;
  unsigned char second_max;
};

auto shape_of(unsigned char lead) -> sequence_shape {
  if (lead >= 0xC2 && lead <= 0xDF)
    return {2, 0x80, 0xBF};
  if (lead == 0xE0)
    return {3, 0xA0, 0xBF};
  if (lead == 0xED)
    return {3, 0x80, 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF)
    return {3, 0x80, 0xBF};
  if (lead == 0xF0)
    return {4, 0x90, 0xBF};
  if (lead >= 0xF1 && lead <= 0xF3)
    return {4, 0x80, 0xBF};
  if (lead == 0xF4)
    return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080U;

/// REQUIRES: eight bytes from there on.
auto eight_bytes(const char* begin) -> std::uint64_t {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, begin, sizeof bytes);
  return bytes;
}

} // namespace

auto utf8_sequence_bytes(std::string_view text) -> std::size_t {
  if (text.empty())
    return 0;
  auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80)
    return 1;
  auto shape = shape_of(lead);
  if (shape.bytes == 0 || text.size() < shape.bytes)
    return 0;
  auto second = static_cast<unsigned char>(text[1]);
  if (second < shape.second_min || second > shape.second_max)
    return 0;
  for (std::size_t at = 2; at < shape.bytes; ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U)
      return 0;
  return shape.bytes;
}

auto is_ascii(std::string_view text) -> bool {
  std::uint64_t seen = 0;
  std::size_t at = 0;
  for (; at + sizeof seen <= text.size(); at += sizeof seen)
    seen |= eight_bytes(text.data() + at);
  for (; at < text.size(); ++at)
    seen |= static_cast<unsigned char>(text[at]);
  return (seen & high_bits) == 0;
}

auto is_utf8(std::string_view text) -> bool {
  while (!text.empty()) {
    // Most text is ASCII: eight bytes at once.
    while (text.size() >= sizeof(std::uint64_t) && (eight_bytes(text.data()) & high_bits) == 0)
      text.remove_prefix(sizeof(std::uint64_t));
    if (text.empty())
      return true;
    auto bytes = utf8_sequence_bytes(text);
    if (bytes == 0)
      return false;
    text.remove_prefix(bytes);
  }
  return true;
}

} // namespace tusker
