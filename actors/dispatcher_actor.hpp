#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/tick_schedule.hpp>

#include <memory>

namespace tusker {

/// Keeps the time of the command book: has it answer those whose time is over.
class dispatcher_actor_state {
public:
  using pointer = dispatcher_actor::stateful_pointer<dispatcher_actor_state>;

  void init(pointer self, std::shared_ptr<const node_context> node);
  void on_tick(const deadline_tick& tick);

  static inline const char* name = "tusker.dispatcher";

private:
  pointer self_ = nullptr;
  std::shared_ptr<const node_context> node_;
  tick_schedule ticks_;
};

[[nodiscard]] auto make_dispatcher_actor(dispatcher_actor_state::pointer self,
                                         std::shared_ptr<const node_context> node)
    -> dispatcher_actor::behavior_type;

} // namespace tusker
