#pragma once

#include <tusker/actors/wall_clock.hpp>

#include <atomic>
#include <cstdint>
#include <memory>

namespace tusker {

/// The time of a node: it goes on as a steady clock does, and follows the wall's clock only forward. Decisions take
/// their time from it, and timers are due by it: so a wall clock that is set back neither delays nor repeats anything,
/// and a deadline is as far ahead as its decision meant; one that is set forward makes due at once what would have been
/// due meanwhile. Never before what it was in an earlier call. Safe for threads.
class forward_clock final : public wall_clock {
public:
  explicit forward_clock(std::shared_ptr<const wall_clock> wall);

  [[nodiscard]] auto now() const -> timestamp override;
  [[nodiscard]] auto steady() const -> steady_time override { return wall_->steady(); }

private:
  std::shared_ptr<const wall_clock> wall_;
  mutable std::atomic<std::int64_t>
      ahead_us_; ///< The most that the wall's clock was ahead of the steady one.
};

} // namespace tusker
