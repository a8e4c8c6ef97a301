#include <tusker/cli/top_screen.hpp>

#include <tusker/cli/interruption.hpp>
#include <tusker/cli/output.hpp>

#include <algorithm>
#include <poll.h>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace tusker::cli {

namespace {

constexpr std::string_view enter = "\x1b[?1049h\x1b[?25l"; // another screen, no cursor
constexpr std::string_view leave = "\x1b[?25h\x1b[?1049l";
constexpr std::string_view home = "\x1b[H";
constexpr std::string_view end_of_line = "\x1b[K\r\n";
constexpr std::string_view rest_of_screen = "\x1b[K\x1b[J";

/// How many lines there are room for.
auto screen_rows() -> std::size_t {
  constexpr std::size_t usual = 24;
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : usual;
}

/// A wait is cut in pieces, for a signal may come just before it.
constexpr std::chrono::milliseconds look_interval{100};

} // namespace

top_screen::top_screen() {
  has_keys_ = ::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &before_) == 0;
  if (has_keys_) {
    auto raw = before_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &raw);
  }
  print(enter);
}

top_screen::~top_screen() {
  print(leave);
  (void)flush_output();
  if (has_keys_)
    ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
}

void top_screen::show(const std::string& text) const {
  auto left = screen_rows();
  std::string frame(home);
  std::string_view rest = text;
  for (; left > 1 && !rest.empty(); --left) {
    auto end = std::min(rest.find('\n'), rest.size());
    frame.append(rest.substr(0, end)).append(end_of_line);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  print(frame.append(rest_of_screen));
  (void)flush_output();
}

auto top_screen::wait(std::chrono::milliseconds time) const -> screen_event {
  auto until = std::chrono::steady_clock::now() + time;
  for (;;) {
    auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (was_interrupted())
      return screen_event::quit;
    if (left.count() <= 0)
      return screen_event::time_over;
    pollfd keys{has_keys_ ? STDIN_FILENO : -1, POLLIN, 0};
    auto ready = ::poll(&keys, 1, static_cast<int>(std::min(left, look_interval).count()));
    char key = 0;
    if (ready > 0 && ::read(STDIN_FILENO, &key, 1) <= 0)
      return screen_event::quit;
    if (key == 'q' || key == 'Q')
      return screen_event::quit;
  }
}

} // namespace tusker::cli
