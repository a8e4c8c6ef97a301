#include <tusker/cli/progress_line.hpp>

#include <tusker/cli/text_width.hpp>

#include <cstdio>

namespace tusker::cli {

namespace {

/// Ten times a second looks alive and costs nothing.
constexpr std::chrono::milliseconds interval{100};

constexpr const char* to_line_start_and_erase = "\r\x1B[K";

} // namespace

auto progress_line::is_due() const -> bool {
  return where_.is_terminal && (!shown_at_ || clock::now() - *shown_at_ >= interval);
}

void progress_line::show(const std::string& text) {
  if (!where_.is_terminal)
    return;
  // One column is left free, because some terminals wrap when the last one is written.
  auto fitting = cut_to_width(text, where_.columns > 1 ? where_.columns - 1 : text.size());
  std::fputs((to_line_start_and_erase + fitting).c_str(), stderr);
  std::fflush(stderr);
  shown_at_ = clock::now();
  is_shown_ = true;
}

void progress_line::clear() {
  if (!is_shown_)
    return;
  std::fputs(to_line_start_and_erase, stderr);
  std::fflush(stderr);
  is_shown_ = false;
}

} // namespace tusker::cli
