#include <tusker/actors/admission_limit.hpp>

#include <algorithm>

namespace tusker {

namespace {

constexpr std::chrono::milliseconds window{100};
constexpr std::size_t answers_to_judge = 10;

/// Enough for a batch that is worth its commit; with fewer the disk would wait for commands.
constexpr std::size_t always_let_in = 64;

} // namespace

admission_limit::admission_limit(std::size_t inside_max, std::chrono::milliseconds target)
    : inside_max_(inside_max), inside_min_(std::min(inside_max, always_let_in)), target_(target),
      limit_(inside_max) {}

auto admission_limit::note(std::chrono::steady_clock::duration took, std::size_t inside, time_point now)
    -> bool {
  if (target_ == target_.zero())
    return false;
  ++answers_;
  late_ += took > target_ ? 1 : 0;
  most_inside_ = std::max(most_inside_, inside);
  if (now - begun_ < window || answers_ < answers_to_judge)
    return false;
  auto before = limit_;
  judge();
  begun_ = now;
  answers_ = late_ = most_inside_ = 0;
  return limit_ != before;
}

void admission_limit::judge() {
  constexpr std::size_t late_share = 100; // one in a hundred: the 99th percentile keeps to the target
  if (late_ * late_share > answers_) {
    auto used = std::min(limit_, std::max(most_inside_, inside_min_));
    limit_ = std::max(inside_min_, used - used / 4);
  } else if (most_inside_ + limit_ / 8 >= limit_) {
    limit_ = std::min(inside_max_, limit_ + limit_ / 16 + 1);
  }
}

} // namespace tusker
