#pragma once

#include <tusker/actors/subscription.hpp>
#include <tusker/actors/subscription_checkpoint.hpp>
#include <tusker/actors/subscription_crash.hpp>
#include <tusker/actors/wall_clock.hpp>

#include <caf/actor.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tusker {

/// What a subscription's owner and its listener actor share. Safe for threads.
class subscription_core {
public:
  /// What a subscription that keeps a checkpoint has of it.
  struct kept_checkpoint {
    subscription_checkpoint place;
    std::shared_ptr<const wall_clock> clock;
  };

  subscription_core(event_handler handler, log_offset start, std::optional<kept_checkpoint> checkpoint = {});

  // The listener's side.

  /// Handles events, one after the other, as long as it was not stopped. What the handler says or throws fails it.
  /// False when it is over.
  [[nodiscard]] auto handle(const std::vector<recorded_event>& events) -> bool;
  /// All up to here is handled.
  void advance(log_offset position, bool is_live);
  void fail_with(error why);

  /// When the checkpoint is to be stored.
  enum class checkpoint_moment {
    if_due, ///< A batch was handled.
    now,    ///< It rests, or tries again.
  };
  /// Stores how far the events are handled, if there is a checkpoint.
  /// Errors: those of `subscription_checkpoint::store`.
  [[nodiscard]] auto keep_checkpoint(checkpoint_moment moment) -> result<void>;
  /// Whether something is handled that the checkpoint does not cover.
  [[nodiscard]] auto is_ahead_of_checkpoint() -> bool;
  /// Stores it for the last time, if that is possible.
  void leave_checkpoint();
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
  /// Whether it goes on and the checkpoint is its.
  [[nodiscard]] auto holds(std::string_view checkpoint, log_id log) const -> bool;
  void crash(const crash_subscription& what);

private:
  void end(subscription_phase phase, std::optional<error> why);
  /// REQUIRES: it is this thread's turn.
  [[nodiscard]] auto store(log_offset handled) -> result<void>;
  void store_last();

  event_handler handler_;
  std::mutex turn_; // held while the handler runs, over events that follow each other; taken before `mutex_`
  std::optional<kept_checkpoint> checkpoint_; // guarded by `turn_`
  std::atomic<std::thread::id> handling_;
  // These change with each event, so they do without a lock.
  std::atomic<bool> is_over_ = false;
  std::atomic<std::uint64_t> position_;
  std::atomic<std::uint64_t> events_ = 0;
  std::atomic<std::uint64_t> stored_ = 0;
  // These do not change.
  std::optional<std::string> checkpoint_name_;
  log_id checkpoint_log_;

  mutable std::mutex mutex_; // guards what follows
  subscription_phase phase_ = subscription_phase::catching_up;
  std::optional<error> failure_;
  caf::actor listener_;
};

} // namespace tusker
