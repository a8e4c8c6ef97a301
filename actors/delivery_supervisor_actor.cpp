#include <tusker/actors/delivery_supervisor_actor.hpp>
#include <tusker/actors/spawn_apart.hpp>

#include <tusker/actors/crash_policy.hpp>
#include <tusker/actors/dead_command_actor.hpp>
#include <tusker/actors/delivery_actor.hpp>
#include <tusker/actors/node_log.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/stream_step_actor.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/model/quoted_text.hpp>

#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

constexpr std::uint32_t deaths_max = 10;

} // namespace

void delivery_supervisor_state::init(pointer self, std::shared_ptr<const node_context> context) {
  self_ = self;
  context_ = std::move(context);
  lots_.seed(static_cast<std::minstd_rand::result_type>(self_->id()));
}

void delivery_supervisor_state::on_host(host_delivery& request) {
  auto key = request.parts.type->name;
  auto [at, is_new] = children_.try_emplace(std::move(key));
  if (!is_new && at->second.actor) {
    at->second.successor = std::move(request.parts);
    return;
  }
  at->second = child{std::move(request.parts)};
  spawn(at->second);
}

/// It calls nobody's handlers, which run on threads of its workers. Where messages become commands it has a thread
/// itself: those who carry the commands out are what workers are to be there for.
void delivery_supervisor_state::spawn(child& of) {
  of.actor = spawn_apart(context_->has_threads && of.parts.type->route != nullptr, self_->system(),
                         make_delivery_actor, context_, of.parts);
  self_->monitor(of.actor);
}

void delivery_supervisor_state::on_down(const caf::down_msg& down) {
  if (dead_commands_ && dead_commands_.address() == down.source)
    dead_commands_ = nullptr; // what it was asked for is answered; the next wish has another one made
  if (stream_steps_ && stream_steps_.address() == down.source)
    stream_steps_ = nullptr; // the same
  auto found = std::find_if(children_.begin(), children_.end(), [&](const auto& each) {
    return each.second.actor && each.second.actor.address() == down.source;
  });
  if (found != children_.end())
    on_death(found, down.reason);
}

void delivery_supervisor_state::on_death(place at, const caf::error& reason) {
  auto& [subscriber, dead] = *at;
  dead.actor = nullptr;
  if (!reason || reason == caf::exit_reason::normal) {
    // It was ended, or removed.
    auto next = std::exchange(dead.successor, std::nullopt);
    children_.erase(at);
    if (next)
      self_->send(self_, host_delivery{std::move(*next)});
    return;
  }
  auto position = dead.parts.core->position();
  dead.deaths = position != dead.at_last_death ? 1 : dead.deaths + 1;
  dead.at_last_death = position;
  auto why = error(runtime_errc::handler_failed, "subscriber " + tusker::quoted(subscriber) + " died " +
                                                     std::to_string(dead.deaths) + " times behind offset " +
                                                     std::to_string(position.value()) + ": " +
                                                     self_->system().render(reason));
  auto is_last = dead.deaths > deaths_max;
  tell(
      context_->options.log,
      {is_last ? log_level::error : log_level::warning,
       log_component::queue,
       is_last ? "a subscriber has failed" : "the actor of a subscriber died and is started again",
       {{"queue", subscriber}, {"position", std::to_string(position.value())}, {"failure", to_string(why)}}});
  if (is_last)
    return dead.parts.core->fail_with(why);
  auto lot = std::uniform_real_distribution<double>()(lots_);
  self_->delayed_send(self_, delay_after_crash(dead.deaths, lot), restart_delivery{subscriber});
}

void delivery_supervisor_state::on_restart(const restart_delivery& request) {
  auto found = children_.find(request.subscriber);
  if (found != children_.end() && !found->second.actor)
    spawn(found->second);
}

void delivery_supervisor_state::on_steer(const steer_delivery& request) {
  auto found = children_.find(request.subscriber);
  if (found == children_.end())
    return; // the answer gives itself
  if (!found->second.actor) {
    found->second.deaths = 0;
    spawn(found->second);
  }
  self_->send(found->second.actor, request);
}

void delivery_supervisor_state::on_crash(const crash_delivery& request) {
  auto found = children_.find(request.subscriber);
  if (found != children_.end() && found->second.actor)
    self_->send(found->second.actor, request);
}

void delivery_supervisor_state::on_steer_commands(const steer_dead_commands& request) {
  if (!dead_commands_) {
    dead_commands_ = self_->system().spawn(make_dead_command_actor, context_);
    self_->monitor(dead_commands_);
  }
  self_->send(dead_commands_, request);
}

void delivery_supervisor_state::on_take_step(const take_stream_step& request) {
  if (!stream_steps_) {
    stream_steps_ = self_->system().spawn(make_stream_step_actor, context_);
    self_->monitor(stream_steps_);
  }
  self_->send(stream_steps_, request);
}

void delivery_supervisor_state::on_exit(const caf::exit_msg& exit) {
  if (auto actor = std::exchange(dead_commands_, nullptr))
    self_->send_exit(actor, caf::exit_reason::user_shutdown);
  if (auto actor = std::exchange(stream_steps_, nullptr))
    self_->send_exit(actor, caf::exit_reason::user_shutdown);
  for (auto& [subscriber, each] : std::exchange(children_, {}))
    if (auto actor = std::exchange(each.actor, nullptr))
      self_->send_exit(actor, caf::exit_reason::user_shutdown);
  self_->quit(exit.reason);
}

auto make_delivery_supervisor(delivery_supervisor_state::pointer self,
                              std::shared_ptr<const node_context> context)
    -> delivery_supervisor::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(context));
  self->set_down_handler([&state](const caf::down_msg& down) { state.on_down(down); });
  self->set_exit_handler([&state](const caf::exit_msg& exit) { state.on_exit(exit); });
  return {
      [&state](host_delivery& request) { state.on_host(request); },
      [&state](const restart_delivery& request) { state.on_restart(request); },
      [&state](const steer_delivery& request) { state.on_steer(request); },
      [&state](const crash_delivery& request) { state.on_crash(request); },
      [&state](const steer_dead_commands& request) { state.on_steer_commands(request); },
      [&state](const take_stream_step& request) { state.on_take_step(request); },
  };
}

} // namespace tusker
