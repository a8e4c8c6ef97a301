#include <tusker/actors/dispatcher_actor.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/thrown_error.hpp>

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace tusker {

namespace {

auto router_lost_error(const command_envelope& command) -> error {
  return {runtime_errc::aggregate_failed,
          "the router of " + command.target.name() +
              " died under the command; whether the command has its effect is unknown: send it "
              "again under its id"};
}

/// Whether the answer tells how fast the node works: not that of a command which was refused, or whose aggregate
/// or router failed it.
auto is_measure(const result<receipt>& outcome) -> bool {
  if (outcome)
    return true;
  auto code = outcome.error().code();
  return code != runtime_errc::overloaded && code != runtime_errc::aggregate_failed &&
         code != runtime_errc::timed_out && code != runtime_errc::stopped && code != runtime_errc::no_handler;
}

} // namespace

void dispatcher_actor_state::init(pointer self, std::shared_ptr<const node_context> node,
                                  router_map routers) {
  self_ = self;
  node_ = std::move(node);
  routers_ = std::move(routers);
  admission_.emplace(node_->options.commands_in_flight_max, node_->options.latency_target);
  // A dispatcher that was started again judges anew.
  node_->gate->limit(admission_->limit());
}

void dispatcher_actor_state::on_submit(submit_command& request) {
  if (abandoned_)
    return request.answer->complete(fail(*abandoned_));
  auto routers = routers_.find(request.aggregate_type);
  // Those who dispatch look first; a part of the node that does not is not to take everybody's dispatcher along.
  if (routers == routers_.end())
    return request.answer->complete(
        fail(runtime_errc::no_handler, "no aggregate type '" + request.aggregate_type + "' was added"));
  auto share = std::hash<stream_id>()(request.command->target) % routers->second.size();
  last_ticket_ = last_ticket_.next();
  auto& open = open_[last_ticket_.value()];
  open = {std::move(request.answer), std::move(request.command), share, now()};
  deadlines_.add(last_ticket_, open.begun + request.timeout);
  schedule_tick();
  open.answer->begin();
  send_to_router(last_ticket_, open);
}

void dispatcher_actor_state::send_to_router(ticket number, const open_command& open) {
  auto sink = caf::actor_cast<answer_sink>(caf::strong_actor_ptr(self_->ctrl()));
  const auto& router = routers_.at(std::string(open.command->target.category()))[open.router];
  self_->send(router, route_command{number, open.command, std::move(sink)});
}

void dispatcher_actor_state::on_answer(const command_answer& reply) {
  if (auto open = open_.find(reply.number.value()); open != open_.end()) {
    deadlines_.remove(reply.number);
    // A router that refuses what it was given after another one died does not know how far that one had come.
    auto is_unknown = open->second.redeliveries > 0 && !reply.outcome &&
                      reply.outcome.error().code() == runtime_errc::overloaded;
    complete(reply.number, is_unknown ? fail(router_lost_error(*open->second.command)) : reply.outcome);
    return;
  }
  ++node_->counters->late_answers;
  // What came too late for its caller is measured all the same, or a node that is far too slow would not know.
  if (auto late = overdue_.extract(reply.number.value()); late && is_measure(reply.outcome))
    measure(now() - late.mapped());
}

void dispatcher_actor_state::measure(std::chrono::steady_clock::duration took) {
  if (admission_->note(took, open_.size() + 1, now()))
    node_->gate->limit(admission_->limit());
}

void dispatcher_actor_state::complete(ticket number, result<receipt> outcome) {
  auto found = open_.extract(number.value());
  auto took = now() - found.mapped().begun;
  node_->counters->gauges.command_took(took);
  if (is_measure(outcome))
    measure(took);
  found.mapped().answer->complete(std::move(outcome));
}

void dispatcher_actor_state::on_tick(const deadline_tick& tick) {
  if (!ticks_.take(tick.count))
    return;
  for (auto number : deadlines_.take_due(now())) {
    const auto& open = open_.at(number.value());
    auto id = to_string(open.command->id);
    // Not all are answered in the end: a router that dies takes what nobody waits for along.
    if (overdue_.size() < node_->options.commands_in_flight_max)
      overdue_.emplace(number.value(), open.begun);
    complete(number,
             fail(runtime_errc::timed_out, "command " + id +
                                               " was not answered in time; whether it has its effect is "
                                               "unknown: send it again under its id"));
  }
  schedule_tick();
}

void dispatcher_actor_state::schedule_tick() {
  if (auto tick = ticks_.next(deadlines_.earliest(), now()))
    self_->delayed_send(self_, tick->wait, deadline_tick{tick->count});
}

/// What the router had when it died goes to its successor, in the order in which it came. What the first one had
/// already begun has its effect once all the same: its command id says so.
void dispatcher_actor_state::on_router_changed(const router_changed& news) {
  routers_.at(news.part.aggregate_type).at(news.part.number) = news.router;
  // Some of what is overdue will never be answered now, and it is not worth knowing which.
  overdue_.clear();
  for (auto number : tickets_of(&news.part)) {
    auto& open = open_.at(number.value());
    if (++open.redeliveries > node_->options.redeliveries_max) {
      deadlines_.remove(number);
      complete(number, fail(router_lost_error(*open.command)));
      continue;
    }
    ++node_->counters->redelivered;
    send_to_router(number, open);
  }
}

void dispatcher_actor_state::on_abandon(const abandon_all& request) {
  abandoned_ = request.why;
  for (auto number : tickets_of(nullptr)) {
    deadlines_.remove(number);
    complete(number, fail(request.why));
  }
}

/// What is open, in order: all of it, or what one router has.
auto dispatcher_actor_state::tickets_of(const node_part* part) const -> std::vector<ticket> {
  std::vector<ticket> found;
  for (const auto& [number, open] : open_)
    if (part == nullptr ||
        (open.router == part->number && open.command->target.category() == part->aggregate_type))
      found.emplace_back(number);
  std::sort(found.begin(), found.end());
  return found;
}

auto dispatcher_actor_state::now() const -> deadline_queue::time_point {
  return self_->clock().now();
}

auto make_dispatcher_actor(dispatcher_actor_state::pointer self, std::shared_ptr<const node_context> node,
                           dispatcher_actor_state::router_map routers) -> dispatcher_actor::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(node), std::move(routers));
  return {
      [&state](submit_command& request) { state.on_submit(request); },
      [&state](const command_answer& reply) { state.on_answer(reply); },
      [&state](const router_changed& news) { state.on_router_changed(news); },
      [&state](const deadline_tick& tick) { state.on_tick(tick); },
      [&state](const abandon_all& request) { state.on_abandon(request); },
  };
}

} // namespace tusker
