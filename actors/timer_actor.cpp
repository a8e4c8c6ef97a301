#include <tusker/actors/timer_actor.hpp>

#include <tusker/actors/delivery_rules.hpp>
#include <tusker/actors/node_log.hpp>
#include <tusker/actors/room_delay.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/model/parked_message.hpp>
#include <tusker/model/timed_command.hpp>
#include <tusker/persistence/dead_command_steps.hpp>
#include <tusker/persistence/random_id.hpp>

#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

namespace tusker {

namespace {

/// The next look comes after this at the latest while there are timers: so a wall clock that is set forward, or a
/// machine that slept, is noticed.
constexpr std::chrono::minutes look_delay_max{1};
/// How long a shard of the journal is left alone that could not be read.
constexpr std::chrono::seconds read_delay{1};
/// How many ids one timer is given before something else must be wrong.
constexpr std::uint32_t fresh_ids_max = 3;

} // namespace

void timer_actor_state::init(pointer self, std::shared_ptr<const node_context> node, settings made_of) {
  self_ = self;
  node_ = std::move(node);
  made_of_ = std::move(made_of);
  appends_.init(self_, node_->journal);
  due_.emplace(node_->reader);
  lots_.seed(static_cast<std::minstd_rand::result_type>(self_->id()));
  self_->send(self_, look_at_timers{});
}

timer_actor_state::~timer_actor_state() {
  if (!node_)
    return;
  node_->timers->forget(board_ticket_);
  node_->counters->timers_in_flight -= flights_.size();
}

void timer_actor_state::on_look(const look_at_timers& request) {
  if (request.count != 0) {
    if (!ticks_.take(request.count))
      return;
    due_->retry_failed();
    for (auto number : waiting_.take_due(steady_now()))
      fire(number);
  }
  is_look_sent_ = false;
  look();
}

/// Takes up what is due, as far as there is room for it, and waits for what comes next.
void timer_actor_state::look() {
  now_ = node_->clock->now();
  auto news = node_->timers->take();
  if (news.is_all_in_doubt)
    due_->look_at_all();
  for (const auto& [shard, due] : news.earliest)
    due_->announce(shard, due);
  while (has_room()) {
    auto found = due_->take(now_, node_->options.timers_in_flight_max - flights_.size());
    if (found.empty())
      break;
    for (auto& timer : found)
      take_up(std::move(timer));
  }
  arm();
}

void timer_actor_state::take_up(due_timer found) {
  const auto& key = found.timer.key;
  if (auto known = by_key_.find({key.due, key.id}); known != by_key_.end()) {
    flights_.at(known->second).is_met_again = true;
    return;
  }
  // Of a program that hosts other types: it waits for one that hosts its own.
  if (auto hosted = made_of_.bus->check_type(found.timer.owner.category()); !hosted)
    return node_->timer_failures->note(key, hosted.error());
  last_ticket_ = last_ticket_.next();
  by_key_.emplace(std::pair(key.due, key.id), last_ticket_.value());
  auto id = command_id(key.id);
  flights_.emplace(last_ticket_.value(), flight{std::move(found), id});
  ++node_->counters->timers_in_flight;
  fire(last_ticket_);
}

void timer_actor_state::fire(ticket number) {
  const auto& in_flight = flights_.at(number.value());
  auto command = command_of(in_flight);
  if (!command)
    return on_failure(number, command.error());
  // An address keeps nobody alive: an answer may come after this actor's end.
  auto told = [address = self_->address(), number](const result<receipt>& outcome) {
    if (auto waiting = caf::actor_cast<timer_actor>(address))
      caf::anon_send(waiting, timer_answered{number, outcome});
  };
  if (!node_->commands->send(std::move(*command), std::move(told)))
    wait_for_room(number);
}

auto timer_actor_state::command_of(const flight& in_flight) const -> result<shared_command> {
  const auto& timer = in_flight.what.timer;
  auto content = timed_command_in(timer);
  if (!content)
    return fail(content.error());
  auto handler = made_of_.bus->handler_of(timer.owner.category(), content->command.type);
  if (!handler)
    return fail(handler.error());
  command_envelope envelope{in_flight.id, timer.owner, any, std::move(content->command),
                            std::move(content->meta)};
  envelope.fires = timer;
  return std::make_shared<const command_envelope>(std::move(envelope));
}

void timer_actor_state::on_answered(const timer_answered& reply) {
  auto found = flights_.find(reply.number.value());
  if (found == flights_.end())
    return;
  auto& in_flight = found->second;
  const auto& outcome = reply.outcome;
  // An id is taken when the timer was set again after it had fired, or waited for longer than receipts are kept. Under
  // another one it still has its effect once, since it takes the timer along.
  auto kind = kind_of(outcome);
  auto is_gone = kind == answer_kind::gone;
  if (kind == answer_kind::done || is_gone) {
    ++(is_gone ? node_->counters->timers_gone : node_->counters->timers_fired);
    land(reply.number);
    return look_soon();
  }
  if (kind == answer_kind::no_room) {
    wait_for_room(reply.number);
  } else if (kind == answer_kind::id_taken && in_flight.fresh_ids < fresh_ids_max) {
    ++in_flight.fresh_ids;
    in_flight.id = command_id(random_uuid(now_));
    fire(reply.number);
  } else if (kind == answer_kind::passing) {
    note_failure(in_flight, outcome.error());
    wait_after_failure(reply.number);
  } else {
    on_failure(reply.number, outcome.error());
  }
  look_soon();
}

/// Behind the answers that are in the mailbox by now: a commit brings many at once, and one read finds timers for all
/// their places.
void timer_actor_state::look_soon() {
  if (!is_look_sent_)
    self_->send(self_, look_at_timers{});
  is_look_sent_ = true;
}

void timer_actor_state::wait(ticket number, std::chrono::milliseconds delay) {
  ++node_->counters->timers_retried;
  waiting_.add(number, steady_now() + delay);
}

void timer_actor_state::wait_for_room(ticket number) {
  auto& refusals = flights_.at(number.value()).refusals;
  wait(number, room_delay(refusals++));
}

void timer_actor_state::wait_after_failure(ticket number) {
  auto& in_flight = flights_.at(number.value());
  in_flight.refusals = 0;
  auto lot = std::uniform_real_distribution<double>()(lots_);
  wait(number, delay_after(node_->options.timer_retries, in_flight.attempts, lot));
}

void timer_actor_state::on_failure(ticket number, const error& why) {
  auto& failed = flights_.at(number.value());
  note_failure(failed, why);
  if (may_retry(node_->options.timer_retries, failed.attempts))
    wait_after_failure(number);
  else
    give_up(number, why);
}

void timer_actor_state::note_failure(flight& failed, const error& why) {
  now_ = node_->clock->now();
  ++failed.attempts;
  if (failed.failures.size() == attempts_kept_max)
    failed.failures.erase(failed.failures.begin());
  failed.failures.push_back({now_, kept_failure(to_string(why))});
}

/// It keeps its place here until it has one among the dead letters.
void timer_actor_state::give_up(ticket number, const error& why) {
  const auto& given_up = flights_.at(number.value());
  const auto& [shard, timer] = given_up.what;
  auto item = bury_timer(*node_->reader, {shard, node_->epochs[shard.value()]}, timer,
                         {given_up.attempts, given_up.failures}, now_);
  if (!item)
    return leave_behind(number, why);
  appends_.begin(std::move(*item),
                 [this, number, why](const append_verdict& verdict) { on_buried(number, verdict, why); });
}

void timer_actor_state::on_buried(ticket number, const append_verdict& verdict, const error& why) {
  auto is_gone = std::holds_alternative<timer_gone>(verdict);
  if (!is_gone && !std::holds_alternative<appended>(verdict)) {
    leave_behind(number, why);
  } else {
    if (!is_gone)
      tell_of_end(number, "the command of a timer was given up", why);
    ++(is_gone ? node_->counters->timers_gone : node_->counters->timers_given_up);
    land(number);
  }
  look_soon();
}

void timer_actor_state::tell_of_end(ticket number, std::string what, const error& why) const {
  const auto& ended = flights_.at(number.value());
  const auto& timer = ended.what.timer;
  auto content = timed_command_in(timer);
  tell(node_->options.log, {log_level::warning,
                            log_component::node,
                            std::move(what),
                            {{"stream", timer.owner.name()},
                             {"command", content ? content->command.type : std::string()},
                             {"attempts", std::to_string(ended.attempts)},
                             {"failure", to_string(why)}},
                            content ? correlation_in(content->meta) : std::string()});
}

/// No dead letter can be made of it, or another node has the shard: it stays in the journal, and its place here is free
/// for others.
void timer_actor_state::leave_behind(ticket number, const error& why) {
  tell_of_end(number, "a timer cannot fire and is left in the journal", why);
  ++node_->counters->timers_given_up;
  auto left = flights_.extract(number.value());
  const auto& key = left.mapped().what.timer.key;
  node_->timer_failures->note(key, why);
  by_key_.erase({key.due, key.id});
  --node_->counters->timers_in_flight;
}

void timer_actor_state::land(ticket number) {
  auto landed = flights_.extract(number.value());
  const auto& [shard, timer] = landed.mapped().what;
  by_key_.erase({timer.key.due, timer.key.id});
  --node_->counters->timers_in_flight;
  node_->timer_failures->forget(timer.key);
  // Also one that was replaced while it was on its way is found only if it is looked for.
  if (landed.mapped().is_met_again)
    due_->look_again(shard, timer.key);
}

void timer_actor_state::arm() {
  if (auto tick = ticks_.next(next_look(), steady_now()))
    self_->delayed_send(self_, tick->wait, look_at_timers{tick->count});
  // What is set for later than the next look is found by it.
  auto before = timestamp::max();
  if (!has_room())
    before = timestamp::min();
  else if (ticks_.at())
    before = now_ + std::chrono::ceil<std::chrono::microseconds>(*ticks_.at() - steady_now());
  board_ticket_ = node_->timers->await(before, [address = self_->address()] {
    if (auto waiting = caf::actor_cast<timer_actor>(address))
      caf::anon_send(waiting, look_at_timers{});
  });
}

auto timer_actor_state::next_look() const -> std::optional<steady_time> {
  auto at = waiting_.earliest();
  auto add = [&](steady_time other) { at = std::min(at.value_or(other), other); };
  if (due_->has_failed())
    add(steady_now() + read_delay);
  auto due = due_->next_due();
  if (due && has_room()) {
    auto delay = *due <= now_ ? std::chrono::microseconds(0) : *due - now_;
    add(steady_now() + std::min<std::chrono::microseconds>(delay, look_delay_max));
  }
  return at;
}

auto timer_actor_state::has_room() const -> bool {
  return flights_.size() < node_->options.timers_in_flight_max;
}

auto timer_actor_state::steady_now() const -> steady_time {
  return self_->clock().now();
}

auto make_timer_actor(timer_actor_state::pointer self, std::shared_ptr<const node_context> node,
                      timer_actor_state::settings made_of) -> timer_actor::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(node), std::move(made_of));
  return {
      [&state](const look_at_timers& request) { state.on_look(request); },
      [&state](const timer_answered& reply) { state.on_answered(reply); },
      [&state](const retry_append& message) { state.on_retry(message); },
  };
}

} // namespace tusker
