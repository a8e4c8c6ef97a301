#include <tusker/cli/terminal.hpp>

#include <cstdlib>
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

} // namespace

auto inspect_terminal(int file) -> terminal {
  if (::isatty(file) != 1)
    return {};
  winsize size{};
  auto is_known = ::ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return {true, !is_set("NO_COLOR") && !is_dumb(), is_known ? size.ws_col : columns_if_unknown};
}

} // namespace tusker::cli
