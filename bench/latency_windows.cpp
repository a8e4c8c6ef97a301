#include <tusker/bench/latency_windows.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace tusker::bench {

namespace {

constexpr std::chrono::seconds window_length{1};
constexpr std::size_t minute = 60;

/// What came before them is too little to compare with.
constexpr std::uint64_t windows_to_begin = 4;

} // namespace

latency_windows::latency_windows(time_point begun, std::function<bool()> is_judged)
    : window_begun_(begun), is_judged_(std::move(is_judged)) {}

void latency_windows::record(time_point at, std::chrono::nanoseconds latency) {
  while (at - window_begun_ >= window_length) {
    close_window();
    window_begun_ += window_length;
  }
  window_.record(latency);
  all_.record(latency);
}

void latency_windows::close_window() {
  auto is_judged = is_judged_();
  auto now = std::exchange(window_, {});
  // A second without answers is seen in the next one: those who waited through it have its length in their latency.
  if (closed_++ >= windows_to_begin && is_judged && now.count() > 0) {
    load::latency_histogram before;
    for (const auto& one : before_)
      before.add(one);
    auto usual = static_cast<double>(before.percentile(99).count());
    auto ratio = static_cast<double>(now.percentile(99).count()) / std::max(usual, 1.0);
    worst_ratio_ = std::max(worst_ratio_, ratio);
    ++judged_;
  }
  before_.push_back(std::move(now));
  if (before_.size() > minute)
    before_.pop_front();
}

} // namespace tusker::bench
