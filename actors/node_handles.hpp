#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/model/error.hpp>

#include <optional>
#include <shared_mutex>

namespace tusker {

/// What callers' threads need to know of a node: where commands go now, or why nowhere. Safe for threads.
class node_handles {
public:
  void set_dispatcher(dispatcher_actor dispatcher);

  /// From now on commands go nowhere. Returns where they went until now. The first reason stands.
  auto close(std::optional<error> failure) -> dispatcher_actor;

  /// Sends it to the dispatcher; false when there is none.
  [[nodiscard]] auto submit(submit_command request) const -> bool;

  /// Why the node gave up, if it did.
  [[nodiscard]] auto failure() const -> std::optional<error>;

private:
  mutable std::shared_mutex mutex_;
  dispatcher_actor dispatcher_;
  std::optional<error> failure_;
  bool is_closed_ = false;
};

} // namespace tusker
