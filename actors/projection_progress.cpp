#include <tusker/actors/projection_progress.hpp>

#include <tusker/actors/followed_log.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace tusker {

/// REQUIRES: locked.
void projection_progress::advance(log_offset position, timestamp now) {
  if (position > counts_.position)
    scanned_.note(now, position.value() - counts_.position.value());
  counts_.position = position;
}

void projection_progress::announce() const {
  std::unique_lock lock(mutex_);
  auto board = serving_;
  auto position = counts_.position;
  lock.unlock();
  if (board)
    board->announce(followed_log, position);
}

void projection_progress::begin_at(log_offset position, told_to whom) {
  {
    std::lock_guard lock(mutex_);
    counts_.position = position;
  }
  if (whom == told_to::all)
    announce();
}

void projection_progress::set_position(log_offset position, timestamp now) {
  {
    std::lock_guard lock(mutex_);
    advance(position, now);
  }
  announce();
}

void projection_progress::note_commit(log_offset to, std::uint64_t events, std::uint64_t dead_letters,
                                      timestamp now) {
  {
    std::lock_guard lock(mutex_);
    advance(std::max(counts_.position, to), now);
    counts_.events += events;
    counts_.dead_letters += dead_letters;
    counts_.progressed = now;
    handled_.note(now, events);
  }
  announce();
}

void projection_progress::note_failure(const error& why, std::uint32_t failed_attempts) {
  std::lock_guard lock(mutex_);
  counts_.failure = why;
  counts_.failed_attempts = failed_attempts;
}

void projection_progress::forget_failure() {
  std::lock_guard lock(mutex_);
  counts_.failure.reset();
  counts_.failed_attempts = 0;
}

void projection_progress::serve(const projection_progress& before, std::shared_ptr<position_board> serving) {
  auto counted_before = before.counted();
  {
    std::lock_guard lock(mutex_);
    counts_.events += counted_before.events;
    counts_.dead_letters += counted_before.dead_letters;
    serving_ = std::move(serving);
  }
  announce();
}

auto projection_progress::counted() const -> counts {
  std::lock_guard lock(mutex_);
  return counts_;
}

auto projection_progress::position() const -> log_offset {
  return counted().position;
}

void projection_progress::describe(projection_status& to, timestamp now) const {
  std::lock_guard lock(mutex_);
  to.position = counts_.position;
  to.events = counts_.events;
  to.events_per_second = handled_.per_second(now);
  to.dead_letters = counts_.dead_letters;
  to.progressed = counts_.progressed;
  to.failure = counts_.failure;
  to.failed_attempts = counts_.failed_attempts;
}

auto projection_progress::as_rebuild(log_offset head, timestamp now) const -> rebuild_status {
  std::lock_guard lock(mutex_);
  rebuild_status told;
  told.position = counts_.position;
  told.events_per_second = scanned_.per_second(now);
  told.failure = counts_.failure;
  told.failed_attempts = counts_.failed_attempts;
  auto left = head > told.position ? head.value() - told.position.value() : 0;
  if (left == 0 || told.events_per_second > 0) {
    auto seconds = left == 0 ? 0.0 : std::ceil(static_cast<double>(left) / told.events_per_second);
    told.time_left = std::chrono::seconds(static_cast<std::int64_t>(seconds));
  }
  return told;
}

} // namespace tusker
