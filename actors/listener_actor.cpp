#include <tusker/actors/listener_actor.hpp>

#include <tusker/actors/crash_policy.hpp>
#include <tusker/actors/projection_run.hpp>
#include <tusker/actors/thrown_error.hpp>

#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <utility>

namespace tusker {

namespace {

/// What is handled and not due to be stored is stored so long after.
constexpr std::chrono::milliseconds rest_before_store{1'000};

} // namespace

void listener_actor_state::init(pointer self, std::shared_ptr<const node_context> context, settings made_of) {
  self_ = self;
  context_ = std::move(context);
  made_of_ = std::move(made_of);
  self_->send(self_, start_reading{});
}

void listener_actor_state::on_start() {
  made_of_.reads.after = made_of_.core->status().position;
  owed_.clear(); // a feed that is opened has all its pulls
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
  owed_.push_back(batch.slice);
  keep_checkpoint(subscription_core::checkpoint_moment::if_due);
}

void listener_actor_state::on_store() {
  will_store_ = false;
  keep_checkpoint(subscription_core::checkpoint_moment::now);
}

void listener_actor_state::keep_checkpoint(subscription_core::checkpoint_moment moment) {
  auto kept = made_of_.core->keep_checkpoint(moment);
  if (!kept && !is_passing_failure(kept.error())) {
    made_of_.core->fail_with(kept.error());
    return end();
  }
  if (!kept)
    return store_later(delay_after_store_failure(++store_failures_));
  store_failures_ = 0;
  pull_owed();
  if (made_of_.core->is_ahead_of_checkpoint())
    store_later(rest_before_store);
}

void listener_actor_state::store_later(std::chrono::milliseconds delay) {
  if (!std::exchange(will_store_, true))
    self_->delayed_send(self_, delay, store_checkpoint{});
}

void listener_actor_state::pull_owed() {
  for (auto& handled : std::exchange(owed_, {}))
    feed_.pull(std::move(handled));
}

void listener_actor_state::on_crash(const crash_subscription& what) {
  if (what.which == crash_subscription::part::reader)
    feed_.crash();
  else
    self_->quit(caf::exit_reason::unhandled_exception);
}

void listener_actor_state::on_down(const caf::down_msg& down) {
  feed_.on_down(down);
}

/// The subscription died: its successor goes on where the handler is.
void listener_actor_state::on_lost() {
  self_->delayed_send(self_, delay_after_crash(++losses_, 0), start_reading{});
}

void listener_actor_state::end() {
  made_of_.core->leave_checkpoint();
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
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(context), std::move(made_of));
  self->set_down_handler([&state](const caf::down_msg& down) { state.on_down(down); });
  self->set_exit_handler([&state](const caf::exit_msg& exit) { state.on_exit(exit); });
  return {
      [&state](const start_reading&) { state.on_start(); },
      [&state](const store_checkpoint&) { state.on_store(); },
      [&state](const crash_subscription& what) { state.on_crash(what); },
  };
}

} // namespace tusker
