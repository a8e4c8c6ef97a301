#pragma once

#include <tusker/actors/subscription.hpp>

#include <caf/actor.hpp>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace tusker {

/// What a subscription's owner and its listener actor share. Safe for threads.
class subscription_core {
public:
  subscription_core(event_handler handler, log_offset start);

  // The listener's side.

  /// Handles events, one after the other, as long as it was not stopped. What the handler says or throws fails it.
  /// False when it is over.
  [[nodiscard]] auto handle(const std::vector<recorded_event>& events) -> bool;
  /// All up to here is handled.
  void advance(log_offset position, bool is_live);
  void fail_with(error why);
  /// The listener is gone, or about to be.
  void forget_listener();

  // The owner's side.

  /// Who is told to end when it stops. An actor that comes too late is told at once.
  void set_listener(caf::actor listener);
  /// Waits for the handler, unless that is who calls.
  void stop();
  /// The same without waiting.
  void stop_soon();
  [[nodiscard]] auto status() const -> subscription_status;

private:
  void end(subscription_phase phase, std::optional<error> why);

  event_handler handler_;
  std::mutex turn_; // held while the handler runs, over events that follow each other
  std::atomic<std::thread::id> handling_;
  // These change with each event, so they do without a lock.
  std::atomic<bool> is_over_ = false;
  std::atomic<std::uint64_t> position_;
  std::atomic<std::uint64_t> events_ = 0;

  mutable std::mutex mutex_; // guards what follows
  subscription_phase phase_ = subscription_phase::catching_up;
  std::optional<error> failure_;
  caf::actor listener_;
};

} // namespace tusker
