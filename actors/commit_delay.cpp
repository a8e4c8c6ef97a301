#include <tusker/actors/commit_delay.hpp>

#include <algorithm>

namespace tusker {

namespace {

/// Longer than an aggregate decides, and shorter than anybody notices.
constexpr auto gap_most = std::chrono::microseconds(20);
constexpr auto wait_most = std::chrono::microseconds(200);
/// Of what the last commit took.
constexpr int gap_part = 16;
constexpr int wait_part = 4;

} // namespace

void commit_delay::commit_took(duration last) {
  gap_max_ = std::min<duration>(last / gap_part, gap_most);
  wait_max_ = std::min<duration>(last / wait_part, wait_most);
}

void commit_delay::begin(time_point now, std::size_t items) {
  begun_ = last_came_ = now;
  items_ = items;
}

auto commit_delay::goes_on(time_point now, std::size_t items, std::size_t at_work) -> bool {
  if (items > items_)
    last_came_ = now;
  items_ = items;
  return items * 2 < at_work && now - begun_ < wait_max_ && now - last_came_ < gap_max_;
}

} // namespace tusker
