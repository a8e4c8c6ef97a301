#include <tusker/actors/publish_gate.hpp>

#include <caf/send.hpp>

#include <utility>

namespace tusker {

auto publish_gate::enter(const std::shared_ptr<open_publish>& publish) -> gate_verdict {
  std::lock_guard lock(mutex_);
  if (!is_open_)
    return gate_verdict::closed;
  if (inside_.size() >= inside_max_)
    return gate_verdict::full;
  inside_.emplace(++last_number_, publish);
  numbers_.emplace(publish.get(), last_number_);
  return gate_verdict::entered;
}

void publish_gate::leave(const open_publish& publish) {
  std::lock_guard lock(mutex_);
  auto number = numbers_.extract(&publish);
  if (!number)
    return;
  inside_.erase(number.mapped());
  if (inside_.empty())
    emptied_.notify_all();
}

void publish_gate::submit(const std::shared_ptr<open_publish>& publish) const {
  std::lock_guard lock(mutex_);
  if (publisher_)
    caf::anon_send(publisher_, submit_publish{publish});
}

void publish_gate::set_publisher(publisher_actor publisher) {
  std::lock_guard lock(mutex_);
  std::swap(publisher_, publisher);
}

void publish_gate::open() {
  std::lock_guard lock(mutex_);
  is_open_ = true;
}

void publish_gate::close() {
  std::lock_guard lock(mutex_);
  is_open_ = false;
}

auto publish_gate::all() const -> std::vector<std::shared_ptr<open_publish>> {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<open_publish>> waiting;
  waiting.reserve(inside_.size());
  for (const auto& [number, publish] : inside_)
    waiting.push_back(publish);
  return waiting;
}

void publish_gate::answer_all(const error& why) const {
  // Without the lock: each one leaves, and a caller's callback may publish again.
  for (const auto& publish : all())
    publish->complete(fail(why));
}

auto publish_gate::wait_until_empty(std::chrono::milliseconds timeout) -> bool {
  std::unique_lock lock(mutex_);
  return emptied_.wait_for(lock, timeout, [this] { return inside_.empty(); });
}

} // namespace tusker
