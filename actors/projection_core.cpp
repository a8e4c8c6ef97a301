#include <tusker/actors/projection_core.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

projection_core::projection_core(std::string name, projection_version version)
    : name_(std::move(name)), version_(version) {}

void projection_core::set_phase(projection_phase phase) {
  std::lock_guard lock(mutex_);
  phase_ = phase;
  stopped_by_.reset();
}

void projection_core::fail_with(const error& why) {
  std::lock_guard lock(mutex_);
  phase_ = projection_phase::failed;
  stopped_by_ = why;
}

auto projection_core::serving() const -> std::shared_ptr<projection_progress> {
  std::lock_guard lock(mutex_);
  return serving_;
}

void projection_core::want_rebuild() {
  std::lock_guard lock(mutex_);
  ++wanted_rebuilds_;
}

void projection_core::note_looks(std::uint32_t looks) {
  std::lock_guard lock(mutex_);
  wanted_rebuilds_ -= std::min(wanted_rebuilds_, looks);
}

void projection_core::forget_wanted() {
  std::lock_guard lock(mutex_);
  wanted_rebuilds_ = 0;
}

auto projection_core::begin_rebuild() -> std::shared_ptr<projection_progress> {
  std::lock_guard lock(mutex_);
  building_ = std::make_shared<projection_progress>();
  return building_;
}

void projection_core::end_rebuild() {
  std::unique_lock lock(mutex_);
  auto before = std::exchange(serving_, std::exchange(building_, nullptr));
  auto serving = serving_;
  lock.unlock();
  serving->serve(*before, rows_);
}

void projection_core::forget_rebuild() {
  std::lock_guard lock(mutex_);
  building_.reset();
}

auto projection_core::status(log_offset head, timestamp now) const -> projection_status {
  std::lock_guard lock(mutex_);
  projection_status told;
  told.name = name_;
  told.version = version_;
  auto is_at_work = phase_ == projection_phase::live || phase_ == projection_phase::catching_up;
  told.phase = is_at_work && wanted_rebuilds_ > 0 ? projection_phase::rebuilding : phase_;
  serving_->describe(told, now);
  told.head = std::max(head, told.position);
  if (building_)
    told.rebuild = building_->as_rebuild(told.head, now);
  if (stopped_by_)
    told.failure = stopped_by_;
  return told;
}

auto projection_core::position() const -> std::pair<log_offset, log_offset> {
  std::lock_guard lock(mutex_);
  return {serving_->position(), building_ ? building_->position() : before_all_events};
}

} // namespace tusker
