#include <tusker/cli/text_width.hpp>

#include <tusker/model/utf8.hpp>

#include <algorithm>

namespace tusker::cli {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD
constexpr std::string_view ellipsis = "…";

/// The bytes of the first character, at least one.
auto first_character(std::string_view text) -> std::string_view {
  return text.substr(0, std::max<std::size_t>(utf8_sequence_bytes(text), 1));
}

/// Combining marks U+0300 to U+036F: CC 80 to CD AF.
auto is_combining(std::string_view character) -> bool {
  return character.size() == 2 && character >= "\xCC\x80" && character <= "\xCD\xAF";
}

/// C0, DEL, and C1 (U+0080 to U+009F: C2 80 to C2 9F).
auto is_control(std::string_view character) -> bool {
  if (character.size() == 1)
    return static_cast<unsigned char>(character[0]) < 0x20 || character[0] == 0x7F;
  return character.size() == 2 && character >= "\xC2\x80" && character <= "\xC2\x9F";
}

} // namespace

auto text_width(std::string_view text) -> std::size_t {
  std::size_t width = 0;
  while (!text.empty()) {
    auto character = first_character(text);
    width += is_combining(character) ? 0 : 1;
    text.remove_prefix(character.size());
  }
  return width;
}

auto printable(std::string_view text) -> std::string {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    auto character = first_character(text);
    auto is_shown = utf8_sequence_bytes(text) > 0 && !is_control(character);
    shown.append(is_shown ? character : replacement);
    text.remove_prefix(character.size());
  }
  return shown;
}

auto cut_to_width(std::string_view text, std::size_t width) -> std::string {
  if (text_width(text) <= width)
    return std::string(text);
  if (width == 0)
    return {};
  std::string kept;
  for (std::size_t used = 0; used + 1 < width;) {
    auto character = first_character(text);
    kept.append(character);
    used += is_combining(character) ? 0 : 1;
    text.remove_prefix(character.size());
  }
  return kept.append(ellipsis);
}

} // namespace tusker::cli
