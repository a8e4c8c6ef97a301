#pragma once

#include <tusker/model/timestamp.hpp>

#include <atomic>

namespace tusker {

/// Where the time in events comes from. Safe for threads.
class wall_clock {
public:
  wall_clock() = default;
  wall_clock(const wall_clock&) = delete;
  auto operator=(const wall_clock&) -> wall_clock& = delete;
  virtual ~wall_clock() = default;

  [[nodiscard]] virtual auto now() const -> timestamp = 0;
};

class system_wall_clock final : public wall_clock {
public:
  [[nodiscard]] auto now() const -> timestamp override;
};

/// A clock that stands still until it is moved: for tests.
class manual_wall_clock final : public wall_clock {
public:
  explicit manual_wall_clock(timestamp start) : now_(start.time_since_epoch().count()) {}

  [[nodiscard]] auto now() const -> timestamp override {
    return timestamp{std::chrono::microseconds(now_.load())};
  }
  /// May also go back, as wall clocks do.
  void advance(std::chrono::microseconds step) { now_.fetch_add(step.count()); }

private:
  std::atomic<std::int64_t> now_;
};

} // namespace tusker
