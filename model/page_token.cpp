#include <tusker/model/page_token.hpp>

#include <tusker/model/content_hash.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/quoted_text.hpp>

#include <array>
#include <cstddef>
#include <optional>

namespace tusker {

namespace {

constexpr std::size_t check_bytes = 8;
/// No place in a read store is longer: a key and an index key, each of 500 bytes at most, one of them escaped.
constexpr std::size_t token_bytes_max = 4'096;
constexpr std::string_view digits = "0123456789abcdef";

auto to_hex(std::string_view bytes) -> std::string {
  std::string text;
  text.reserve(2 * bytes.size());
  for (auto byte : bytes) {
    auto value = static_cast<unsigned char>(byte);
    text.push_back(digits[value >> 4U]);
    text.push_back(digits[value & 0x0FU]);
  }
  return text;
}

auto from_hex(std::string_view text) -> std::optional<std::string> {
  if (text.size() % 2 != 0)
    return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t at = 0; at < text.size(); at += 2) {
    auto high = digits.find(text[at]);
    auto low = digits.find(text[at + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos)
      return std::nullopt;
    bytes.push_back(static_cast<char>(high * digits.size() + low));
  }
  return bytes;
}

auto check_of(const row_selection& range, std::string_view place) -> std::string {
  const auto& [low, high] = range.range;
  auto way = std::string_view(range.direction == read_direction::forward ? "f" : "b");
  auto end = std::string_view(high ? "to" : "open");
  auto last = high ? std::string_view(*high) : std::string_view();
  std::array<std::string_view, 7> parts{range.table, range.index, way, low, end, last, place};
  auto hash = hash_of(parts);
  return {reinterpret_cast<const char*>(hash.bytes.data()), check_bytes};
}

} // namespace

auto encode_page_token(const row_selection& range, std::string_view place) -> std::string {
  return to_hex(check_of(range, place).append(place));
}

auto decode_page_token(const row_selection& range, std::string_view token) -> result<std::string> {
  auto bytes = token.size() <= token_bytes_max ? from_hex(token) : std::nullopt;
  if (bytes && bytes->size() > check_bytes) {
    auto place = bytes->substr(check_bytes);
    if (bytes->compare(0, check_bytes, check_of(range, place)) == 0)
      return place;
  }
  return fail(model_errc::foreign_token,
              "table " + tusker::quoted(range.table) + " cannot be read on from " + tusker::quoted(token) +
                  ": that is no token of a page of the same rows in the same order");
}

} // namespace tusker
