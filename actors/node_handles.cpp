#include <tusker/actors/node_handles.hpp>

#include <caf/send.hpp>

#include <mutex>
#include <utility>

namespace tusker {

void node_handles::set_dispatcher(dispatcher_actor dispatcher) {
  std::unique_lock lock(mutex_);
  if (!is_closed_)
    dispatcher_ = std::move(dispatcher);
}

auto node_handles::close(std::optional<error> failure) -> dispatcher_actor {
  std::unique_lock lock(mutex_);
  is_closed_ = true;
  if (!failure_)
    failure_ = std::move(failure);
  return std::exchange(dispatcher_, nullptr);
}

auto node_handles::submit(submit_command request) const -> bool {
  // Under the lock: what was submitted stands in the mailbox before whatever follows a `close`.
  std::shared_lock lock(mutex_);
  if (!dispatcher_)
    return false;
  caf::anon_send(dispatcher_, std::move(request));
  return true;
}

auto node_handles::failure() const -> std::optional<error> {
  std::shared_lock lock(mutex_);
  return failure_;
}

} // namespace tusker
