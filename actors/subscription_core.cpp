#include <tusker/actors/subscription_core.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/type_ids.hpp>

#include <caf/exit_reason.hpp>
#include <caf/send.hpp>

#include <exception>
#include <string>
#include <utility>

namespace tusker {

namespace {

auto call(const event_handler& handler, const recorded_event& event) -> result<void> {
  try {
    return handler(event);
  } catch (const std::exception& thrown) {
    return fail(runtime_errc::handler_failed, std::string("the handler threw: ") + thrown.what());
  } catch (...) {
    return fail(runtime_errc::handler_failed, "the handler threw");
  }
}

} // namespace

subscription_core::subscription_core(event_handler handler, log_offset start,
                                     std::optional<kept_checkpoint> checkpoint)
    : handler_(std::move(handler)), checkpoint_(std::move(checkpoint)), position_(start.value()) {
  if (!checkpoint_)
    return;
  stored_ = checkpoint_->place.position().value();
  checkpoint_name_ = checkpoint_->place.name();
  checkpoint_log_ = checkpoint_->place.log();
}

auto subscription_core::handle(const std::vector<recorded_event>& events) -> bool {
  std::lock_guard turn(turn_);
  handling_ = std::this_thread::get_id();
  for (const auto& event : events) {
    if (is_over_)
      break;
    if (auto handled = call(handler_, event); !handled) {
      end(subscription_phase::failed, handled.error());
      break;
    }
    // Who has stopped it himself has handled the event.
    position_.store(event.at.offset.value(), std::memory_order_release);
    events_.fetch_add(1, std::memory_order_release);
  }
  handling_ = std::thread::id();
  return !is_over_;
}

/// What it ended by first counts.
void subscription_core::end(subscription_phase phase, std::optional<error> why) {
  std::lock_guard lock(mutex_);
  if (is_over_.exchange(true))
    return;
  phase_ = phase;
  failure_ = std::move(why);
}

void subscription_core::advance(log_offset position, bool is_live) {
  std::lock_guard lock(mutex_);
  if (is_over_)
    return;
  position_ = position.value();
  phase_ = is_live ? subscription_phase::live : subscription_phase::catching_up;
}

void subscription_core::fail_with(error why) {
  end(subscription_phase::failed, std::move(why));
}

void subscription_core::set_listener(caf::actor listener) {
  std::lock_guard lock(mutex_);
  if (is_over_)
    caf::anon_send_exit(listener, caf::exit_reason::user_shutdown);
  else
    listener_ = std::move(listener);
}

void subscription_core::forget_listener() {
  std::lock_guard lock(mutex_);
  listener_ = nullptr;
}

void subscription_core::stop_soon() {
  end(subscription_phase::stopped, std::nullopt);
  std::lock_guard lock(mutex_);
  if (auto listener = std::exchange(listener_, nullptr))
    caf::anon_send_exit(listener, caf::exit_reason::user_shutdown);
}

void subscription_core::stop() {
  stop_soon();
  // The listener stores it when the handler has returned: this event counts.
  if (handling_ == std::this_thread::get_id())
    return;
  std::lock_guard wait(turn_);
  store_last();
}

auto subscription_core::keep_checkpoint(checkpoint_moment moment) -> result<void> {
  std::lock_guard turn(turn_);
  auto handled = log_offset(position_);
  if (!checkpoint_ || (moment == checkpoint_moment::if_due && !checkpoint_->place.is_due(handled)))
    return {};
  return store(handled);
}

auto subscription_core::is_ahead_of_checkpoint() -> bool {
  std::lock_guard turn(turn_);
  return checkpoint_ && log_offset(position_) > checkpoint_->place.position();
}

void subscription_core::leave_checkpoint() {
  std::lock_guard turn(turn_);
  store_last();
}

auto subscription_core::store(log_offset handled) -> result<void> {
  auto& place = checkpoint_->place;
  auto kept = place.store(handled, checkpoint_->clock->now());
  stored_ = place.position().value();
  return kept;
}

void subscription_core::store_last() {
  if (!checkpoint_)
    return;
  // What it does not take now is told again: nobody is there any more to wait for it.
  (void)store(log_offset(position_));
  checkpoint_.reset();
}

auto subscription_core::holds(std::string_view checkpoint, log_id log) const -> bool {
  return !is_over_ && checkpoint_name_ == checkpoint && checkpoint_log_ == log;
}

void subscription_core::crash(const crash_subscription& what) {
  std::lock_guard lock(mutex_);
  if (listener_)
    caf::anon_send(listener_, what);
}

auto subscription_core::status() const -> subscription_status {
  std::lock_guard lock(mutex_);
  auto stored = checkpoint_name_ ? std::optional(log_offset(stored_)) : std::nullopt;
  return {phase_, log_offset(position_), events_, failure_, stored};
}

} // namespace tusker
