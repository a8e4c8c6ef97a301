#include <tusker/actors/subscriber_core.hpp>

#include <utility>

namespace tusker {

subscriber_core::subscriber_core(std::string name, std::string topic) {
  status_.name = std::move(name);
  status_.topic = std::move(topic);
}

void subscriber_core::set_phase(subscriber_phase phase) {
  std::lock_guard lock(mutex_);
  if (status_.phase == subscriber_phase::failed && phase != subscriber_phase::failed)
    status_.failure.reset();
  status_.phase = phase;
}

void subscriber_core::fail_with(const error& why) {
  std::lock_guard lock(mutex_);
  status_.phase = subscriber_phase::failed;
  status_.failure = why;
}

void subscriber_core::note_handled() {
  std::lock_guard lock(mutex_);
  ++status_.handled;
}

void subscriber_core::note_failed_attempt(const error& why) {
  std::lock_guard lock(mutex_);
  ++status_.failed_attempts;
  status_.failure = why;
}

void subscriber_core::note_dead_letters(std::uint64_t count) {
  std::lock_guard lock(mutex_);
  status_.dead_letters += count;
}

void subscriber_core::note_late_answer() {
  std::lock_guard lock(mutex_);
  ++status_.late_answers;
}

void subscriber_core::note_load(const load& now) {
  std::lock_guard lock(mutex_);
  status_.position = now.position;
  status_.parked = now.parked;
  status_.in_flight = now.in_flight;
  status_.left_behind = now.left_behind;
}

auto subscriber_core::status(log_offset head) const -> subscriber_status {
  std::lock_guard lock(mutex_);
  auto told = status_;
  told.head = head;
  return told;
}

auto subscriber_core::position() const -> log_offset {
  std::lock_guard lock(mutex_);
  return status_.position;
}

} // namespace tusker
