#include <tusker/cli/notices.hpp>

#include <tusker/cli/text_width.hpp>

#include <cstdio>

namespace tusker::cli {

void notices::add(std::string_view message) {
  if (++count_ > printed_max)
    return;
  progress_.clear();
  std::fputs((printable(message) + "\n").c_str(), stderr);
}

void notices::finish() {
  if (count_ <= printed_max)
    return;
  progress_.clear();
  std::fputs(("… and " + std::to_string(count_ - printed_max) + " more " + kind_ + "\n").c_str(), stderr);
}

} // namespace tusker::cli
