#include <tusker/actors/dispatcher_actor.hpp>

#include <tusker/actors/thrown_error.hpp>

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <utility>

namespace tusker {

void dispatcher_actor_state::init(pointer self, std::shared_ptr<const node_context> node) {
  self_ = self;
  node_ = std::move(node);
}

void dispatcher_actor_state::on_tick(const deadline_tick& tick) {
  if (tick.count != 0 && !ticks_.take(tick.count))
    return;
  if (auto next = ticks_.next(node_->book->time_out(), self_->clock().now()))
    self_->delayed_send(self_, next->wait, deadline_tick{next->count});
}

auto make_dispatcher_actor(dispatcher_actor_state::pointer self, std::shared_ptr<const node_context> node)
    -> dispatcher_actor::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(node));
  return {[&state](const deadline_tick& tick) { state.on_tick(tick); }};
}

} // namespace tusker
