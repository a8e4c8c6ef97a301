#pragma once

#include <caf/actor_system.hpp>
#include <caf/spawn_options.hpp>

#include <utility>

namespace tusker {

/// Spawns an actor with a thread of its own, for what blocks or has a time of its own; or else one that workers run, as
/// all actors are in a deterministic system.
template <class Make, class... Parts>
[[nodiscard]] auto spawn_apart(bool has_thread, caf::actor_system& system, Make make, Parts&&... parts) {
  return has_thread ? system.spawn<caf::detached>(make, std::forward<Parts>(parts)...)
                    : system.spawn(make, std::forward<Parts>(parts)...);
}

} // namespace tusker
