#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

namespace tusker::cli {

/// From now on SIGINT and SIGTERM do not end the program, they only make `was_interrupted` true: the program stops
/// beginning new work and ends by itself. The second signal ends it at once.
void catch_interruptions();

[[nodiscard]] auto was_interrupted() -> bool;

/// Waits, and returns whether the program was interrupted: then at once.
/// REQUIRES: `catch_interruptions` was called, and there is no `interruption_watch`.
[[nodiscard]] auto wait_for_interruption(std::chrono::milliseconds at_most) -> bool;

/// Calls a function once, on a thread of its own, when the program is interrupted while this lives. The end waits for a
/// call that is under way. One of them at a time. REQUIRES: `catch_interruptions` was called.
class interruption_watch {
public:
  explicit interruption_watch(std::function<void()> on_interruption);
  interruption_watch(const interruption_watch&) = delete;
  auto operator=(const interruption_watch&) -> interruption_watch& = delete;
  ~interruption_watch();

private:
  std::atomic<bool> has_ended_{false};
  std::thread thread_;
};

} // namespace tusker::cli
