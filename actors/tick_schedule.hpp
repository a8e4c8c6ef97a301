#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace tusker {

/// The ticks that an actor sends itself when something is due: one counts at a time, for the earliest time that was
/// wanted. CAF cannot call one back, so one that an earlier one has overtaken is told apart by its count.
class tick_schedule {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// A tick that is to be sent.
  struct tick {
    std::chrono::steady_clock::duration wait{};
    std::uint64_t count = 0;
  };

  /// What to send so that a tick comes at `wanted`, or at once if that is past; none when none is wanted, or one comes
  /// as early.
  [[nodiscard]] auto next(std::optional<time_point> wanted, time_point now) -> std::optional<tick>;

  /// Whether the tick that came is the one that counts. None is under way from then on.
  [[nodiscard]] auto take(std::uint64_t count) -> bool;

  /// When the one that counts comes; none when none is under way.
  [[nodiscard]] auto at() const -> std::optional<time_point> { return at_; }

private:
  std::uint64_t count_ = 0;
  std::optional<time_point> at_;
};

} // namespace tusker
