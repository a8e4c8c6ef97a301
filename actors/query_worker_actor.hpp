#pragma once

#include <tusker/actors/actor_interfaces.hpp>

#include <caf/actor_addr.hpp>

#include <cstddef>

namespace tusker {

/// Answers queries, one at a time, each from a snapshot of its own. It may be kept by a handler for as long as that
/// takes; so it has a thread. `desk` is told when it is free.
[[nodiscard]] auto make_query_worker(query_worker::pointer self, const caf::actor_addr& desk,
                                     std::size_t number) -> query_worker::behavior_type;

} // namespace tusker
