#include <tusker/cli/text_style.hpp>

namespace tusker::cli {

namespace {

auto opening_of(text_style style) -> std::string_view {
  switch (style) {
  case text_style::bold:
    return "\x1B[1m";
  case text_style::dim:
    return "\x1B[2m";
  case text_style::good:
    return "\x1B[1;32m";
  case text_style::bad:
    return "\x1B[1;31m";
  case text_style::plain:
    break;
  }
  return {};
}

} // namespace

auto styled(std::string_view text, text_style style, const terminal& where) -> std::string {
  auto opening = where.has_colours ? opening_of(style) : std::string_view();
  if (opening.empty() || text.empty())
    return std::string(text);
  return std::string(opening).append(text).append("\x1B[0m");
}

} // namespace tusker::cli
