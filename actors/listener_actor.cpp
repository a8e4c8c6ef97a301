#include <tusker/actors/listener_actor.hpp>

#include <tusker/actors/crash_policy.hpp>

#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <utility>

namespace tusker {

void listener_actor_state::init(pointer self, std::shared_ptr<const node_context> context, settings made_of) {
  self_ = self;
  context_ = std::move(context);
  made_of_ = std::move(made_of);
  self_->send(self_, start_reading{});
}

void listener_actor_state::on_start() {
  made_of_.reads.after = made_of_.core->status().position;
  feed_.open(self_, context_, made_of_.reads,
             {[this](const event_batch& batch) { on_batch(batch); }, [this] { on_lost(); }});
}

void listener_actor_state::on_batch(const event_batch& batch) {
  if (!batch.outcome) {
    made_of_.core->fail_with(batch.outcome.error());
    return end();
  }
  losses_ = 0;
  if (!made_of_.core->handle(batch.slice->events))
    return end();
  made_of_.core->advance(batch.slice->scanned_to, batch.slice->scanned_to >= batch.slice->head);
  feed_.pull(batch.slice);
}

void listener_actor_state::on_down(const caf::down_msg& down) {
  feed_.on_down(down);
}

/// The subscription died: its successor goes on where the handler is.
void listener_actor_state::on_lost() {
  self_->delayed_send(self_, delay_after_crash(++losses_, 0), start_reading{});
}

void listener_actor_state::end() {
  made_of_.core->forget_listener();
  feed_.close();
  self_->quit();
}

void listener_actor_state::on_exit(const caf::exit_msg& /*exit*/) {
  made_of_.core->stop_soon();
  end();
}

auto make_listener_actor(listener_actor_state::pointer self, std::shared_ptr<const node_context> context,
                         listener_actor_state::settings made_of) -> listener_actor::behavior_type {
  auto& state = self->state;
  state.init(self, std::move(context), std::move(made_of));
  self->set_down_handler([&state](const caf::down_msg& down) { state.on_down(down); });
  self->set_exit_handler([&state](const caf::exit_msg& exit) { state.on_exit(exit); });
  return {
      [&state](const start_reading&) { state.on_start(); },
  };
}

} // namespace tusker
