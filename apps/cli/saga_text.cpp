#include <tusker/cli/saga_text.hpp>

#include <tusker/cli/text_width.hpp>

#include <algorithm>

namespace tusker::cli {

namespace {

auto blanks_for(const std::string& text, std::size_t width) -> std::string {
  return std::string(width - std::min(width, text_width(text)), ' ');
}

} // namespace

auto style_of(saga_phase phase) -> text_style {
  switch (phase) {
  case saga_phase::completed:
    return text_style::good;
  case saga_phase::stuck:
    return text_style::bad;
  case saga_phase::compensating:
  case saga_phase::compensated:
    return text_style::bold;
  case saga_phase::none:
  case saga_phase::running:
    break;
  }
  return text_style::plain;
}

auto padded(std::string text, std::size_t width) -> std::string {
  auto blanks = blanks_for(text, width);
  return std::move(text) + blanks;
}

auto indented(const std::string& text, std::size_t width) -> std::string {
  return blanks_for(text, width) + text;
}

auto restyled(std::string line, std::size_t at, std::string_view word, text_style style,
              const terminal& where) -> std::string {
  if (line.size() >= at + word.size() && line.compare(at, word.size(), word) == 0)
    line.replace(at, word.size(), styled(word, style, where));
  return line;
}

auto either(const terminal& where, std::string_view unicode, std::string_view ascii) -> std::string {
  return std::string(where.has_unicode ? unicode : ascii);
}

} // namespace tusker::cli
