#pragma once

#include <chrono>
#include <optional>

namespace tusker {

/// What a server does while the system has no descriptor or no memory for another connection. The listener stays ready
/// all the time then, so who waited for it would not wait at all: it is left alone for a while, and somebody is told,
/// not too often.
class accept_pause {
public:
  using clock = std::chrono::steady_clock;

  static constexpr std::chrono::milliseconds length{100};
  static constexpr std::chrono::seconds told_every{60};

  /// The listener is left alone from now on. Returns whether that is to be told.
  [[nodiscard]] auto begin(clock::time_point now) -> bool {
    until_ = now + length;
    if (told_ && now - *told_ < told_every)
      return false;
    told_ = now;
    return true;
  }

  [[nodiscard]] auto is_on(clock::time_point now) const -> bool { return until_ && now < *until_; }

  /// When the listener is to be looked at again; none: nothing keeps anybody from it.
  [[nodiscard]] auto until(clock::time_point now) const -> std::optional<clock::time_point> {
    return is_on(now) ? until_ : std::nullopt;
  }

private:
  std::optional<clock::time_point> until_;
  std::optional<clock::time_point> told_;
};

} // namespace tusker
