#include <tusker/cli/terminal.hpp>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace tusker::cli {

namespace {

constexpr std::size_t columns_if_unknown = 80;

auto is_set(const char* name) -> bool {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

auto is_dumb() -> bool {
  const char* name = std::getenv("TERM");
  return name == nullptr || std::string_view(name) == "dumb";
}

/// As POSIX says: the first of these that is set names the characters.
auto locale_name() -> std::string {
  for (const auto* name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (is_set(name))
      return std::getenv(name);
  return {};
}

auto is_utf8_locale(std::string name) -> bool {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name.find("utf-8") != std::string::npos || name.find("utf8") != std::string::npos;
}

} // namespace

auto inspect_terminal(int file) -> terminal {
  auto has_unicode = is_utf8_locale(locale_name());
  if (::isatty(file) != 1)
    return {.has_unicode = has_unicode};
  winsize size{};
  auto is_known = ::ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return {true, !is_set("NO_COLOR") && !is_dumb(), is_known ? size.ws_col : columns_if_unknown, has_unicode};
}

} // namespace tusker::cli
