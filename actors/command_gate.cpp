#include <tusker/actors/command_gate.hpp>

namespace tusker {

auto command_gate::enter() -> gate_verdict {
  std::lock_guard lock(mutex_);
  if (!is_open_)
    return gate_verdict::closed;
  if (inside_ >= inside_max_)
    return gate_verdict::full;
  ++inside_;
  return gate_verdict::entered;
}

void command_gate::leave() {
  std::lock_guard lock(mutex_);
  if (--inside_ == 0)
    emptied_.notify_all();
}

void command_gate::open() {
  std::lock_guard lock(mutex_);
  is_open_ = true;
}

void command_gate::limit(std::size_t inside_max) {
  std::lock_guard lock(mutex_);
  inside_max_ = inside_max;
}

auto command_gate::inside_max() const -> std::size_t {
  std::lock_guard lock(mutex_);
  return inside_max_;
}

void command_gate::close() {
  std::lock_guard lock(mutex_);
  is_open_ = false;
}

auto command_gate::wait_until_empty(std::chrono::milliseconds timeout) -> bool {
  std::unique_lock lock(mutex_);
  return emptied_.wait_for(lock, timeout, [this] { return inside_ == 0; });
}

auto command_gate::inside() const -> std::size_t {
  std::lock_guard lock(mutex_);
  return inside_;
}

} // namespace tusker
