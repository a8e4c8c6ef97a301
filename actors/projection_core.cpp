#include <tusker/actors/projection_core.hpp>

#include <tusker/actors/followed_log.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

projection_core::projection_core(std::string name, projection_version version) {
  status_.name = std::move(name);
  status_.version = version;
}

void projection_core::set_phase(projection_phase phase) {
  std::lock_guard lock(mutex_);
  status_.phase = phase;
}

void projection_core::set_position(log_offset position) {
  {
    std::lock_guard lock(mutex_);
    status_.position = position;
  }
  rows_.announce(followed_log, position);
}

void projection_core::note_commit(log_offset to, std::uint64_t events, std::uint64_t dead_letters,
                                  timestamp now) {
  {
    std::lock_guard lock(mutex_);
    status_.position = std::max(status_.position, to);
    status_.events += events;
    status_.dead_letters += dead_letters;
    status_.progressed = now;
    rate_.note(now, events);
  }
  rows_.announce(followed_log, to);
}

void projection_core::note_failure(const error& why, std::uint32_t failed_attempts) {
  std::lock_guard lock(mutex_);
  status_.failure = why;
  status_.failed_attempts = failed_attempts;
}

void projection_core::forget_failure() {
  std::lock_guard lock(mutex_);
  status_.failure.reset();
  status_.failed_attempts = 0;
}

void projection_core::fail_with(const error& why) {
  std::lock_guard lock(mutex_);
  status_.phase = projection_phase::failed;
  status_.failure = why;
}

auto projection_core::status(log_offset head, timestamp now) const -> projection_status {
  std::lock_guard lock(mutex_);
  auto told = status_;
  told.head = std::max(head, told.position);
  told.events_per_second = rate_.per_second(now);
  return told;
}

auto projection_core::position() const -> log_offset {
  std::lock_guard lock(mutex_);
  return status_.position;
}

} // namespace tusker
