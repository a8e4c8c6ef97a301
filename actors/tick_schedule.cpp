#include <tusker/actors/tick_schedule.hpp>

#include <algorithm>

namespace tusker {

auto tick_schedule::next(std::optional<time_point> wanted, time_point now) -> std::optional<tick> {
  if (!wanted || (at_ && *at_ <= *wanted))
    return std::nullopt;
  at_ = wanted;
  return tick{std::max(*wanted - now, time_point::duration::zero()), ++count_};
}

auto tick_schedule::take(std::uint64_t count) -> bool {
  if (count != count_)
    return false;
  at_.reset();
  return true;
}

} // namespace tusker
