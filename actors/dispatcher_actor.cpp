#include <tusker/actors/dispatcher_actor.hpp>

#include <tusker/actors/runtime_errc.hpp>

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace tusker {

void dispatcher_actor_state::init(pointer self, std::shared_ptr<const node_context> node,
                                  router_map routers) {
  self_ = self;
  node_ = std::move(node);
  routers_ = std::move(routers);
  for (const auto& [type, router] : routers_)
    self_->monitor(router);
}

void dispatcher_actor_state::on_submit(submit_command& request) {
  auto found = routers_.find(request.aggregate_type);
  if (found == routers_.end())
    return refuse(request);
  const auto& router = found->second;
  last_ticket_ = last_ticket_.next();
  open_[last_ticket_.value()] = {std::move(request.answer), &router, request.command.id};
  deadlines_.add(last_ticket_, now() + request.timeout);
  schedule_tick();
  auto sink = caf::actor_cast<answer_sink>(caf::strong_actor_ptr(self_->ctrl()));
  self_->send(router, route_command{last_ticket_, std::move(request.command), std::move(sink)});
}

/// The router of this type has died: the command goes nowhere, and that is certain.
void dispatcher_actor_state::refuse(const submit_command& request) {
  auto outcome = result<receipt>(fail(runtime_errc::aggregate_failed,
                                      request.command.target.name() + ": the router of " +
                                          request.aggregate_type + " has died; the command had no effect"));
  node_->counters->count(outcome);
  node_->gate->leave();
  request.answer->complete(std::move(outcome));
}

void dispatcher_actor_state::on_answer(const command_answer& reply) {
  if (open_.contains(reply.number.value())) {
    deadlines_.remove(reply.number);
    complete(reply.number, reply.outcome);
  } else {
    ++node_->counters->late_answers;
  }
}

void dispatcher_actor_state::complete(ticket number, result<receipt> outcome) {
  auto found = open_.extract(number.value());
  node_->counters->count(outcome);
  // Before the answer: whoever dispatches the next command in its callback finds the place free.
  node_->gate->leave();
  found.mapped().answer->complete(std::move(outcome));
}

void dispatcher_actor_state::on_tick(const deadline_tick& tick) {
  if (tick.count != tick_count_)
    return;
  next_tick_.reset();
  for (auto number : deadlines_.take_due(now())) {
    auto id = to_string(open_.at(number.value()).id);
    complete(number,
             fail(runtime_errc::timed_out, "command " + id +
                                               " was not answered in time; whether it has its effect is "
                                               "unknown: send it again under its id"));
  }
  schedule_tick();
}

/// One timer is under way at most, for the earliest deadline. CAF cannot cancel it, so one that is overtaken by an
/// earlier deadline is told apart by its count.
void dispatcher_actor_state::schedule_tick() {
  auto earliest = deadlines_.earliest();
  if (!earliest || (next_tick_ && *next_tick_ <= *earliest))
    return;
  next_tick_ = earliest;
  self_->delayed_send(self_, std::max(*earliest - now(), deadline_queue::time_point::duration::zero()),
                      deadline_tick{++tick_count_});
}

void dispatcher_actor_state::on_abandon() {
  fail_all(nullptr,
           error(runtime_errc::stopped, "the runtime was shut down before the command was answered; whether "
                                        "it has its effect is unknown: send it again under its id"));
}

void dispatcher_actor_state::on_down(const caf::down_msg& down) {
  auto is_dead = [&](const auto& entry) { return entry.second.address() == down.source; };
  auto dead = std::find_if(routers_.begin(), routers_.end(), is_dead);
  if (dead == routers_.end())
    return;
  fail_all(&dead->second,
           error(runtime_errc::aggregate_failed,
                 "the router of " + dead->first + " died (" + self_->system().render(down.reason) +
                     "); whether the command has its effect is unknown: send it again under its id"));
  routers_.erase(dead);
}

/// `router` null: whatever router it went to.
void dispatcher_actor_state::fail_all(const router_actor* router, const error& why) {
  std::vector<ticket> lost;
  for (const auto& [number, command] : open_)
    if (router == nullptr || command.router == router)
      lost.emplace_back(number);
  std::sort(lost.begin(), lost.end());
  for (auto number : lost) {
    deadlines_.remove(number);
    complete(number, fail(why));
  }
}

auto dispatcher_actor_state::now() const -> deadline_queue::time_point {
  return self_->clock().now();
}

auto make_dispatcher_actor(dispatcher_actor_state::pointer self, std::shared_ptr<const node_context> node,
                           dispatcher_actor_state::router_map routers) -> dispatcher_actor::behavior_type {
  auto& state = self->state;
  state.init(self, std::move(node), std::move(routers));
  self->set_down_handler([&state](const caf::down_msg& down) { state.on_down(down); });
  return {
      [&state](submit_command& request) { state.on_submit(request); },
      [&state](const command_answer& reply) { state.on_answer(reply); },
      [&state](const deadline_tick& tick) { state.on_tick(tick); },
      [&state](const abandon_all&) { state.on_abandon(); },
  };
}

} // namespace tusker
