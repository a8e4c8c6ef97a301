#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/model/subscriber_type.hpp>

#include <caf/actor_addr.hpp>

#include <memory>

namespace tusker {

/// Calls the handler of a subscriber, for one message after the other. The handler may keep it for as long as that
/// takes; so it has a thread. What the handler throws is its failure. `subscriber` is told what came of each.
[[nodiscard]] auto make_delivery_worker(delivery_worker::pointer self,
                                        std::shared_ptr<const subscriber_type> type,
                                        const caf::actor_addr& subscriber) -> delivery_worker::behavior_type;

} // namespace tusker
