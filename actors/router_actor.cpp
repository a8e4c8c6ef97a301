#include <tusker/actors/router_actor.hpp>

#include <tusker/actors/aggregate_actor.hpp>
#include <tusker/actors/runtime_errc.hpp>

#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <utility>

namespace tusker {

namespace {

auto crash_error(const std::string& stream, const std::string& reason) -> error {
  return {runtime_errc::aggregate_failed,
          "the aggregate " + stream + " died while it worked on the command (" + reason +
              "); whether the command has its effect is unknown: send it again under its id"};
}

} // namespace

void router_actor_state::init(pointer self, std::shared_ptr<const node_context> node,
                              std::shared_ptr<const aggregate_type> type, journal_actor journal) {
  self_ = self;
  node_ = std::move(node);
  type_ = std::move(type);
  journal_ = std::move(journal);
}

void router_actor_state::on_route(route_command& request) {
  const auto& options = node_->options;
  if (by_ticket_.size() >= options.commands_in_flight_max)
    return refuse(request, "commands_in_flight_max", options.commands_in_flight_max);
  auto* owner = find_or_spawn(request.command.target.name());
  if (owner == nullptr)
    return refuse(request, "live_aggregates_max", options.live_aggregates_max);
  if (owner->under_way.size() >= options.commands_per_aggregate_max)
    return refuse(request, "commands_per_aggregate_max", options.commands_per_aggregate_max);
  forward(*owner, std::move(request));
}

void router_actor_state::refuse(const route_command& request, std::string_view limit, std::size_t most) {
  auto why =
      error(runtime_errc::overloaded, request.command.target.name() + ": " + std::string(limit) + " (" +
                                          std::to_string(most) + ") is reached; try again later");
  self_->send(request.reply_to, command_answer{request.number, fail(std::move(why))});
}

auto router_actor_state::find_or_spawn(const std::string& stream) -> child* {
  if (auto found = children_.find(stream); found != children_.end())
    return &found->second;
  if (children_.size() >= node_->options.live_aggregates_max) {
    if (idle_.empty())
      return nullptr;
    stop_longest_idle();
  }
  auto& owner = children_[stream];
  owner.stream = stream;
  owner.idle_place = idle_.insert(idle_.end(), &owner);
  spawn_actor(owner);
  return &owner;
}

void router_actor_state::spawn_actor(child& owner) {
  auto sink = caf::actor_cast<answer_sink>(caf::strong_actor_ptr(self_->ctrl()));
  owner.actor = self_->spawn<caf::lazy_init>(make_aggregate_actor, node_, type_, journal_, std::move(sink));
  self_->monitor(owner.actor);
  by_address_[owner.actor.address()] = &owner;
  ++node_->counters->live_aggregates;
}

void router_actor_state::forward(child& to, route_command&& request) {
  if (to.under_way.empty())
    idle_.erase(to.idle_place);
  last_ticket_ = last_ticket_.next();
  by_ticket_[last_ticket_.value()] = &to;
  to.under_way.push_back({last_ticket_, std::move(request)});
  if (to.under_way.size() == 1)
    send_first(to);
}

/// An aggregate has one command at a time; the others wait here, not in its mailbox, which CAF would search anew at
/// every answer of the journal.
void router_actor_state::send_first(const child& to) {
  const auto& first = to.under_way.front();
  self_->send(to.actor, execute_command{first.number, first.request.command});
}

void router_actor_state::on_answer(command_answer& reply) {
  auto found = by_ticket_.find(reply.number.value());
  if (found == by_ticket_.end())
    return;
  auto& from = *found->second;
  if (from.under_way.front().number != reply.number)
    return;
  finish_first(from, std::move(reply.outcome));
  if (!from.under_way.empty())
    send_first(from);
}

void router_actor_state::finish_first(child& of, result<receipt> outcome) {
  auto done = std::move(of.under_way.front());
  of.under_way.pop_front();
  by_ticket_.erase(done.number.value());
  self_->send(done.request.reply_to, command_answer{done.request.number, std::move(outcome)});
  if (of.under_way.empty())
    of.idle_place = idle_.insert(idle_.end(), &of);
}

void router_actor_state::on_down(const caf::down_msg& down) {
  auto found = by_address_.find(down.source);
  if (found == by_address_.end())
    return;
  auto& dead = *found->second;
  by_address_.erase(found);
  --node_->counters->live_aggregates;
  ++node_->counters->crashes;
  if (!dead.under_way.empty())
    finish_first(dead, fail(crash_error(dead.stream, self_->system().render(down.reason))));
  if (dead.under_way.empty())
    return remove(dead);
  // Those behind it were not begun: the successor takes them in their order.
  spawn_actor(dead);
  send_first(dead);
}

void router_actor_state::stop_longest_idle() {
  auto& longest = *idle_.front();
  self_->demonitor(longest.actor.address());
  by_address_.erase(longest.actor.address());
  self_->send_exit(longest.actor, caf::exit_reason::user_shutdown);
  --node_->counters->live_aggregates;
  ++node_->counters->passivations;
  remove(longest);
}

void router_actor_state::remove(child& gone) {
  idle_.erase(gone.idle_place);
  children_.erase(std::string(gone.stream));
}

void router_actor_state::on_exit(const caf::exit_msg& exit) {
  for (auto& [stream, owner] : children_) {
    self_->demonitor(owner.actor.address());
    self_->send_exit(owner.actor, caf::exit_reason::user_shutdown);
  }
  node_->counters->live_aggregates -= children_.size();
  self_->quit(exit.reason);
}

auto make_router_actor(router_actor_state::pointer self, std::shared_ptr<const node_context> node,
                       std::shared_ptr<const aggregate_type> type, journal_actor journal)
    -> router_actor::behavior_type {
  auto& state = self->state;
  state.init(self, std::move(node), std::move(type), std::move(journal));
  self->set_down_handler([&state](const caf::down_msg& down) { state.on_down(down); });
  self->set_exit_handler([&state](const caf::exit_msg& exit) { state.on_exit(exit); });
  return {
      [&state](route_command& request) { state.on_route(request); },
      [&state](command_answer& reply) { state.on_answer(reply); },
  };
}

} // namespace tusker
