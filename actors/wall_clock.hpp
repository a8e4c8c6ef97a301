#pragma once

#include <tusker/model/timestamp.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>

namespace tusker {

/// Where time comes from. Safe for threads.
class wall_clock {
public:
  using steady_time = std::chrono::steady_clock::time_point;

  wall_clock() = default;
  wall_clock(const wall_clock&) = delete;
  auto operator=(const wall_clock&) -> wall_clock& = delete;
  virtual ~wall_clock() = default;

  /// What the wall's clock shows, which may be set forward or back at any time.
  [[nodiscard]] virtual auto now() const -> timestamp = 0;

  /// A clock that nobody sets. It never goes back.
  [[nodiscard]] virtual auto steady() const -> steady_time = 0;
};

class system_wall_clock final : public wall_clock {
public:
  [[nodiscard]] auto now() const -> timestamp override;
  [[nodiscard]] auto steady() const -> steady_time override;
};

/// A clock that stands still until it is moved: for tests.
class manual_wall_clock final : public wall_clock {
public:
  explicit manual_wall_clock(timestamp start) : now_(start.time_since_epoch().count()) {}

  [[nodiscard]] auto now() const -> timestamp override {
    return timestamp{std::chrono::microseconds(now_.load())};
  }
  [[nodiscard]] auto steady() const -> steady_time override {
    return steady_time{std::chrono::microseconds(steady_.load())};
  }
  /// Sets what the wall's clock shows, forward or back. No time passes.
  void advance(std::chrono::microseconds step) { now_.fetch_add(step.count()); }
  /// Time passes.
  void pass(std::chrono::microseconds time) {
    steady_.fetch_add(time.count()); // first, so that nobody sees the wall's clock ahead of its time
    advance(time);
  }

private:
  std::atomic<std::int64_t> now_;
  std::atomic<std::int64_t> steady_{0};
};

} // namespace tusker
