#include <tusker/actors/projection_supervisor_actor.hpp>

#include <tusker/actors/crash_policy.hpp>
#include <tusker/actors/node_log.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/spawn_apart.hpp>
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

void projection_supervisor_state::init(pointer self, std::shared_ptr<const node_context> context,
                                       settings projections) {
  self_ = self;
  context_ = std::move(context);
  lots_.seed(static_cast<std::minstd_rand::result_type>(self_->id()));
  for (auto& each : projections) {
    auto key = each.type->name;
    spawn(children_.emplace(std::move(key), child{std::move(each)}).first->second);
  }
}

/// Commits block and handlers may, so each has a thread of its own; a deterministic system has one thread in all.
void projection_supervisor_state::spawn(child& of) {
  auto& system = self_->system();
  of.actor = spawn_apart(context_->has_threads, system, make_projection_actor, context_, of.made_of);
  self_->monitor(of.actor);
}

void projection_supervisor_state::on_down(const caf::down_msg& down) {
  auto found = std::find_if(children_.begin(), children_.end(), [&](const auto& each) {
    return each.second.actor && each.second.actor.address() == down.source;
  });
  if (found != children_.end())
    on_death(found->second, self_->system().render(down.reason));
}

void projection_supervisor_state::on_death(child& of, const std::string& reason) {
  of.actor = nullptr;
  auto& core = *of.made_of.core;
  const auto& projection = of.made_of.type->name;
  auto at = core.position();
  of.deaths = at != of.at_last_death ? 1 : of.deaths + 1;
  of.at_last_death = at;
  auto why = error(runtime_errc::handler_failed, "projection " + tusker::quoted(projection) + " died " +
                                                     std::to_string(of.deaths) + " times behind offset " +
                                                     std::to_string(at.first.value()) + ": " + reason);
  auto is_last = of.deaths > deaths_max;
  tell(context_->options.log,
       {is_last ? log_level::error : log_level::warning,
        log_component::projection,
        is_last ? "a projection has failed" : "the actor of a projection died and is started again",
        {{"projection", projection},
         {"position", std::to_string(at.first.value())},
         {"failure", to_string(why)}}});
  if (is_last)
    return core.fail_with(why);
  core.serving()->note_failure(why, 0);
  auto lot = std::uniform_real_distribution<double>()(lots_);
  self_->delayed_send(self_, delay_after_crash(of.deaths, lot), restart_projection{projection});
}

void projection_supervisor_state::on_restart(const restart_projection& request) {
  auto found = children_.find(request.projection);
  if (found != children_.end() && !found->second.actor)
    spawn(found->second);
}

void projection_supervisor_state::on_steer(const steer_projection& request) {
  auto found = children_.find(request.projection);
  if (found == children_.end())
    return;
  if (found->second.actor)
    return self_->send(found->second.actor, request);
  // One that starts looks into the read store for what is wanted of it.
  found->second.deaths = 0;
  found->second.made_of.core->serving()->forget_failure();
  spawn(found->second);
}

void projection_supervisor_state::on_crash(const crash_projection& request) {
  auto found = children_.find(request.projection);
  if (found != children_.end() && found->second.actor)
    self_->send(found->second.actor, request);
}

void projection_supervisor_state::on_exit(const caf::exit_msg& exit) {
  // CAF waits for the thread of a detached actor, which waits for the last handle of the actor.
  for (auto& [projection, each] : std::exchange(children_, {}))
    if (auto actor = std::exchange(each.actor, nullptr))
      self_->send_exit(actor, caf::exit_reason::user_shutdown);
  self_->quit(exit.reason);
}

auto make_projection_supervisor(projection_supervisor_state::pointer self,
                                std::shared_ptr<const node_context> context,
                                projection_supervisor_state::settings projections)
    -> projection_supervisor::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(context), std::move(projections));
  self->set_down_handler([&state](const caf::down_msg& down) { state.on_down(down); });
  self->set_exit_handler([&state](const caf::exit_msg& exit) { state.on_exit(exit); });
  return {
      [&state](const restart_projection& request) { state.on_restart(request); },
      [&state](const steer_projection& request) { state.on_steer(request); },
      [&state](const crash_projection& request) { state.on_crash(request); },
  };
}

} // namespace tusker
