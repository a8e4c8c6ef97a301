#include <tusker/actors/router_actor.hpp>

#include <tusker/actors/aggregate_actor.hpp>
#include <tusker/actors/crash_policy.hpp>
#include <tusker/actors/node_log.hpp>
#include <tusker/actors/router_errors.hpp>
#include <tusker/actors/snapshot_policy.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/model/visitor.hpp>

#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

namespace tusker {

namespace {

/// Aggregates that may be taking their last snapshot at one time. They do not count as live, so there is a limit of
/// their own; past it one leaves without.
constexpr std::size_t passivating_max = 1'000;

/// After so many crashes in a row what waits for the aggregate is given up. The next command begins anew.
constexpr std::uint32_t crashes_max = 10;

constexpr std::string_view waiting_for_crashed = "what may wait for an aggregate that crashes";

/// How many commands may wait for an aggregate that is left alone after crashes. Each of them has a place in the node,
/// of which there may be few when admission is low: one aggregate does not take more than an eighth of them.
auto cooling_commands_max(const node_context& node) -> std::size_t {
  return std::max<std::size_t>(8, node.gate->inside_max() / 8);
}

} // namespace

void router_actor_state::init(pointer self, std::shared_ptr<const node_context> node,
                              std::shared_ptr<const aggregate_type> type, settings share) {
  self_ = self;
  node_ = std::move(node);
  type_ = std::move(type);
  kept_ = options_of(node_->options, type_->name);
  share_ = std::move(share);
  lots_.seed(static_cast<std::minstd_rand::result_type>(self_->id()));
}

void router_actor_state::on_look() {
  note_time();
  auto take_up = visitor{
      [this](route_command& request) { on_route(request); },
      [this](const aggregate_recovered& report) { on_recovered(report); },
      [this](command_answer& reply) { on_answer(reply); },
  };
  if (empty_inbox(*share_.inbox, taken_, [&](router_item& item) { std::visit(take_up, item); }))
    self_->send(self_, look_at_inbox{});
}

void router_actor_state::note_time() {
  looked_at_ = now();
}

void router_actor_state::note_at_work() {
  auto number = in(phase::recovering).size() + in(phase::busy).size();
  if (number == at_work_)
    return;
  // Unsigned, so also where it has become less.
  node_->counters->aggregates_at_work += number - std::exchange(at_work_, number);
}

void router_actor_state::on_route(route_command& request) {
  const auto& options = node_->options;
  if (journal_gone_) {
    node_->book->answer(request.number, fail(*journal_gone_));
    return;
  }
  if (commands_ >= options.commands_in_flight_max)
    return refuse(request, "commands_in_flight_max", options.commands_in_flight_max);
  auto* owner = find_or_add(request.command->target);
  if (owner == nullptr)
    return refuse(request, "live_aggregates_max", kept_.live_aggregates_max);
  if (owner->under_way.size() >= options.commands_per_aggregate_max)
    return refuse(request, "commands_per_aggregate_max", options.commands_per_aggregate_max);
  if (auto most = cooling_commands_max(*node_);
      owner->now == phase::cooling && owner->under_way.size() >= most)
    return refuse(request, waiting_for_crashed, most);
  last_ticket_ = last_ticket_.next();
  ++commands_;
  owner->under_way.push_back({last_ticket_, std::move(request)});
  ++node_->counters->commands_in_routers;
  if (owner->now == phase::idle)
    begin(*owner);
}

void router_actor_state::refuse(const route_command& request, std::string_view limit, std::size_t most) {
  node_->book->answer(request.number, fail(limit_error(request.command->target, limit, most)));
}

/// Takes up the first command of an aggregate that works on none. REQUIRES: there is one.
void router_actor_state::begin(child& of) {
  leave_phase(of);
  if (journal_gone_) {
    finish_all(of, *journal_gone_);
    return become_idle(of);
  }
  if (!share_.journal.actor)
    return stall(of);
  if (of.host != nullptr)
    return send_first(of);
  if (in(phase::recovering).size() >= share_.recoveries_max)
    return enter(of, phase::waiting);
  enter(of, phase::recovering);
  ++node_->counters->recovering;
  house(of);
  send_first(of);
}

/// A permit has come free.
void router_actor_state::begin_waiting() {
  while (in(phase::recovering).size() < share_.recoveries_max && !in(phase::waiting).empty())
    begin(*in(phase::waiting).front());
}

auto router_actor_state::in(phase which) -> std::list<child*>& {
  return by_phase_.at(static_cast<std::size_t>(which));
}

/// To the end of the list of its new phase.
void router_actor_state::enter(child& of, phase next) {
  in(next).splice(in(next).end(), in(of.now), of.place);
  of.now = next;
}

/// Takes an aggregate out of its phase; the caller says which comes next.
void router_actor_state::leave_phase(child& of) {
  node_->counters->recovering -= of.now == phase::recovering ? 1 : 0;
  node_->counters->passivating -= of.now == phase::passivating ? 1 : 0;
  enter(of, phase::busy);
}

/// An aggregate has one command at a time, so it decides on the state after the one before; the others wait here.
void router_actor_state::send_first(child& to) {
  auto& first = to.under_way.front();
  // A command that is carried to another actor has another number there: the first one may still answer, late.
  if (first.deliveries++ > 0)
    first.number = last_ticket_ = last_ticket_.next();
  self_->send(to.host->actor, execute_command{first.number,
                                              first.request.command,
                                              {share_.journal.actor, share_.journal.steps},
                                              std::exchange(to.is_moving_in, false)});
}

/// The aggregate that has this actor and works on that command; null when it does not any more.
auto router_actor_state::guest_of(caf::actor_id actor, ticket number) const -> child* {
  auto found = hosts_.find(actor);
  if (found == hosts_.end())
    return nullptr;
  auto* guest = found->second.guest;
  return guest != nullptr && !guest->under_way.empty() && guest->under_way.front().number == number ? guest
                                                                                                    : nullptr;
}

void router_actor_state::on_answer(command_answer& reply) {
  auto* guest = guest_of(reply.from, reply.number);
  if (guest == nullptr)
    return;
  auto& from = *guest;
  if (reply.fate == command_fate::journal_lost)
    return retry_without_journal(from, reply.outcome.error());
  from.crashes = 0;
  from.events_since_snapshot = reply.events_since_snapshot;
  auto has_read = from.now != phase::recovering;
  leave_phase(from);
  // One that could not read its stream reads it anew for the next command, for which it takes a permit again.
  if (!has_read)
    forget_actor(from);
  finish_first(from, std::move(reply.outcome));
  go_on(from);
  if (reply.is_at_rest && from.now == phase::idle)
    passivate(from);
  begin_waiting();
}

/// The permit is free while the aggregate decides and waits for the journal.
void router_actor_state::on_recovered(const aggregate_recovered& report) {
  auto* guest = guest_of(report.from, report.number);
  if (guest == nullptr || guest->now != phase::recovering)
    return;
  leave_phase(*guest);
  begin_waiting();
}

void router_actor_state::finish_first(child& of, result<receipt>&& outcome) {
  auto done = std::move(of.under_way.front());
  of.under_way.pop_front();
  answer_for(done, std::move(outcome));
}

void router_actor_state::answer_for(const waiting_command& done, result<receipt>&& outcome) {
  --commands_;
  --node_->counters->commands_in_routers;
  node_->book->answer(done.request.number, std::move(outcome));
}

void router_actor_state::finish_all(child& of, const error& why) {
  while (!of.under_way.empty())
    finish_first(of, fail(why));
}

/// After an answer: the next command, or none. REQUIRES: the aggregate is in no phase's list.
void router_actor_state::go_on(child& of) {
  if (!of.under_way.empty())
    return begin(of);
  become_idle(of);
}

void router_actor_state::become_idle(child& now_idle) {
  enter(now_idle, phase::idle);
  now_idle.idle_since = looked_at_;
  schedule_idle_tick();
}

void router_actor_state::on_down(const caf::down_msg& down) {
  auto found = hosts_.find(down.source.id());
  if (found == hosts_.end())
    return;
  if (found->second.guest == nullptr) {
    // Nobody ends an actor that waits for an aggregate, but one that is gone must not get any.
    std::erase(spare_, &found->second);
    hosts_.erase(found);
    return;
  }
  auto& gone = *found->second.guest;
  if (gone.now == phase::passivating) {
    leave_phase(gone);
    forget_actor(gone);
    return gone.under_way.empty() ? remove(gone) : return_to_life(gone);
  }
  on_crash(gone, self_->system().render(down.reason));
}

/// What came while an aggregate was leaving goes to a new actor, if there is room for one.
void router_actor_state::return_to_life(child& wanted) {
  if (children_.size() - in(phase::passivating).size() <= share_.live_max || make_room())
    return begin(wanted);
  finish_all(wanted, limit_error(wanted.stream, "live_aggregates_max", kept_.live_aggregates_max));
  remove(wanted);
}

void router_actor_state::on_crash(child& dead, const std::string& reason) {
  leave_phase(dead);
  forget_actor(dead);
  ++node_->counters->crashes;
  ++dead.crashes;
  const auto* at_work = dead.under_way.empty() ? nullptr : dead.under_way.front().request.command.get();
  tell(node_->options.log, crash_record(dead.stream, reason, dead.crashes, at_work));
  if (!dead.under_way.empty())
    finish_first(dead, fail(crash_error(dead.stream, reason)));
  if (dead.crashes >= crashes_max)
    finish_all(dead, given_up_error(dead.stream, dead.crashes));
  auto lot = std::uniform_real_distribution<double>()(lots_);
  auto delay = delay_after_crash(dead.crashes, lot);
  if (delay == std::chrono::milliseconds(0) && dead.under_way.empty()) {
    become_idle(dead);
  } else if (delay == std::chrono::milliseconds(0)) {
    begin(dead);
  } else {
    enter(dead, phase::cooling);
    shed(dead);
    self_->delayed_send(self_, delay, retry_aggregate{dead.stream.name(), ++dead.retry_count});
  }
  begin_waiting();
}

/// Those at the end came last, and none of them was begun.
void router_actor_state::shed(child& cooling) {
  auto most = cooling_commands_max(*node_);
  while (cooling.under_way.size() > most) {
    auto last = std::move(cooling.under_way.back());
    cooling.under_way.pop_back();
    answer_for(last, fail(limit_error(cooling.stream, waiting_for_crashed, most)));
  }
}

void router_actor_state::on_retry(const retry_aggregate& request) {
  auto found = children_.find(request.stream);
  if (found == children_.end() || found->second.now != phase::cooling ||
      found->second.retry_count != request.count)
    return;
  auto& rested = found->second;
  if (rested.under_way.empty())
    return remove(rested);
  begin(rested);
}

/// An idle aggregate leaves memory. One whose snapshot is worth a commit takes it first; commands that come meanwhile
/// wait for its successor.
void router_actor_state::passivate(child& leaving) {
  ++node_->counters->passivations;
  leave_phase(leaving);
  auto is_due = is_snapshot_due(leaving.events_since_snapshot, kept_.snapshot_on_passivation_events);
  if (leaving.host == nullptr || !is_due || in(phase::passivating).size() >= passivating_max ||
      !share_.journal.actor) {
    spare_actor(leaving);
    return remove(leaving);
  }
  enter(leaving, phase::passivating);
  ++node_->counters->passivating;
  self_->send(leaving.host->actor, passivate_aggregate{share_.journal});
}

void router_actor_state::on_idle_tick() {
  is_tick_scheduled_ = false;
  while (!in(phase::idle).empty() && now() - in(phase::idle).front()->idle_since >= kept_.idle_passivation)
    passivate(*in(phase::idle).front());
  schedule_idle_tick();
}

/// One tick is under way at most, for the time when the one that is idle longest has been idle for too long.
void router_actor_state::schedule_idle_tick() {
  if (is_tick_scheduled_ || in(phase::idle).empty())
    return;
  is_tick_scheduled_ = true;
  auto due = in(phase::idle).front()->idle_since + kept_.idle_passivation;
  self_->delayed_send(self_, std::max<std::chrono::steady_clock::duration>(due - now(), {}), idle_tick{});
}

auto router_actor_state::now() const -> std::chrono::steady_clock::time_point {
  return self_->clock().now();
}

namespace {

/// Handles by `handle`, and notes when, and what that has changed.
template <class News>
auto handle_and_note(router_actor_state& state, void (router_actor_state::*handle)(const News&)) {
  return [&state, handle](const News& news) {
    state.note_time();
    (state.*handle)(news);
    state.note_at_work();
  };
}

} // namespace

auto make_router_actor(router_actor_state::pointer self, std::shared_ptr<const node_context> node,
                       std::shared_ptr<const aggregate_type> type, router_actor_state::settings share)
    -> router_actor::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(node), std::move(type), std::move(share));
  self->set_exit_handler([&state](const caf::exit_msg& exit) { state.on_exit(exit); });
  self->set_down_handler(handle_and_note(state, &router_actor_state::on_down));
  return {
      [&state](const look_at_inbox&) {
        state.on_look();
        state.note_at_work();
      },
      handle_and_note(state, &router_actor_state::on_journal_changed),
      handle_and_note(state, &router_actor_state::on_journal_gone),
      [&state](const idle_tick&) { state.on_idle_tick(); },
      handle_and_note(state, &router_actor_state::on_retry),
  };
}

} // namespace tusker
