#include <tusker/actors/subscription_core.hpp>

#include <tusker/actors/runtime_errc.hpp>

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

subscription_core::subscription_core(event_handler handler, log_offset start) : handler_(std::move(handler)) {
  status_.position = start;
}

auto subscription_core::handle(const recorded_event& event) -> bool {
  std::lock_guard turn(turn_);
  {
    std::lock_guard lock(mutex_);
    if (is_over())
      return false;
    handling_ = std::this_thread::get_id();
  }
  auto handled = call(handler_, event);
  std::lock_guard lock(mutex_);
  handling_ = {};
  if (!handled) {
    // Who has stopped it himself has no failure.
    if (!is_over()) {
      status_.phase = subscription_phase::failed;
      status_.failure = handled.error();
    }
    return false;
  }
  status_.position = event.at.offset;
  ++status_.events;
  return true;
}

auto subscription_core::is_over() const -> bool {
  return status_.phase == subscription_phase::failed || status_.phase == subscription_phase::stopped;
}

void subscription_core::advance(log_offset position, bool is_live) {
  std::lock_guard lock(mutex_);
  if (is_over())
    return;
  status_.position = position;
  status_.phase = is_live ? subscription_phase::live : subscription_phase::catching_up;
}

void subscription_core::fail_with(error why) {
  std::lock_guard lock(mutex_);
  if (is_over())
    return;
  status_.phase = subscription_phase::failed;
  status_.failure = std::move(why);
}

void subscription_core::set_listener(caf::actor listener) {
  std::lock_guard lock(mutex_);
  if (is_over())
    caf::anon_send_exit(listener, caf::exit_reason::user_shutdown);
  else
    listener_ = std::move(listener);
}

void subscription_core::forget_listener() {
  std::lock_guard lock(mutex_);
  listener_ = nullptr;
}

void subscription_core::stop_soon() {
  std::lock_guard lock(mutex_);
  if (!is_over())
    status_.phase = subscription_phase::stopped;
  if (auto listener = std::exchange(listener_, nullptr))
    caf::anon_send_exit(listener, caf::exit_reason::user_shutdown);
}

void subscription_core::stop() {
  stop_soon();
  auto is_handler = false;
  {
    std::lock_guard lock(mutex_);
    is_handler = handling_ == std::this_thread::get_id();
  }
  if (!is_handler)
    std::lock_guard wait(turn_);
}

auto subscription_core::status() const -> subscription_status {
  std::lock_guard lock(mutex_);
  return status_;
}

} // namespace tusker
