#include <tusker/model/uuid.hpp>

#include <tusker/model/content_hash.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/quoted_text.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace tusker {

namespace {

constexpr std::size_t text_bytes = 36;

auto is_dash_place(std::size_t at) -> bool {
  return at == 8 || at == 13 || at == 18 || at == 23;
}

} // namespace

auto to_string(const uuid& id) -> std::string {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<char, text_bytes> text{};
  std::size_t at = 0;
  for (auto byte : id.bytes) {
    if (is_dash_place(at))
      text[at++] = '-';
    text[at++] = digits[byte >> 4U];
    text[at++] = digits[byte & 0x0FU];
  }
  return std::string(text.data(), text.size());
}

auto parse_uuid(std::string_view text) -> result<uuid> {
  auto malformed = [&] {
    return fail(model_errc::malformed_id,
                tusker::quoted(text) + " is not a UUID like 0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9");
  };
  if (text.size() != text_bytes)
    return malformed();
  uuid id;
  std::size_t at = 0;
  for (auto& byte : id.bytes) {
    if (is_dash_place(at) && text[at++] != '-')
      return malformed();
    const auto* begin = text.data() + at;
    auto [end, failed] = std::from_chars(begin, begin + 2, byte, 16);
    if (failed != std::errc{} || end != begin + 2)
      return malformed();
    at += 2;
  }
  return id;
}

auto make_uuid_v7(timestamp time, std::span<const std::uint8_t, 16> entropy) -> uuid {
  auto since_epoch = std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count();
  auto milliseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(since_epoch, 0));
  uuid id;
  for (std::size_t at = 0; at < 6; ++at)
    id.bytes[at] = static_cast<std::uint8_t>(milliseconds >> (8 * (5 - at)));
  std::copy(entropy.begin() + 6, entropy.end(), id.bytes.begin() + 6);
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x70U);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
  return id;
}

auto derive_uuid(timestamp time, std::span<const std::string_view> parts) -> uuid {
  return make_uuid_v7(time, hash_of(parts).bytes);
}

auto time_of(const uuid& id) -> timestamp {
  std::uint64_t milliseconds = 0;
  for (std::size_t at = 0; at < 6; ++at)
    milliseconds = (milliseconds << 8U) | id.bytes[at];
  return timestamp{std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds))};
}

} // namespace tusker
