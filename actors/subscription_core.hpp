#pragma once

#include <tusker/actors/subscription.hpp>

#include <caf/actor.hpp>

#include <mutex>
#include <thread>

namespace tusker {

/// What a subscription's owner and its listener actor share. Safe for threads.
class subscription_core {
public:
  subscription_core(event_handler handler, log_offset start);

  // The listener's side.

  /// Handles one event, unless it was stopped. Errors: what the handler says or throws; then the phase is `failed`.
  /// False when it was stopped.
  [[nodiscard]] auto handle(const recorded_event& event) -> bool;
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
  [[nodiscard]] auto is_over() const -> bool;

  event_handler handler_;
  mutable std::mutex mutex_; // guards what follows
  std::mutex turn_;          // held while the handler runs
  subscription_status status_;
  caf::actor listener_;
  std::thread::id handling_;
};

} // namespace tusker
