#include <tusker/actors/subscription.hpp>

#include <tusker/actors/subscription_core.hpp>

#include <utility>

namespace tusker {

subscription::subscription(std::shared_ptr<subscription_core> core) : core_(std::move(core)) {}

auto subscription::operator=(subscription&& other) noexcept -> subscription& {
  std::swap(core_, other.core_);
  return *this;
}

subscription::~subscription() {
  if (core_)
    core_->stop();
}

void subscription::stop() {
  core_->stop();
}

auto subscription::status() const -> subscription_status {
  return core_->status();
}

} // namespace tusker
