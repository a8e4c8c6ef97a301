#include <tusker/actors/aggregate_actor.hpp>

#include <tusker/actors/command_result.hpp>
#include <tusker/actors/node_log.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/snapshot_policy.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/model/topic_outbox.hpp>
#include <tusker/model/visitor.hpp>
#include <tusker/persistence/append_check.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/outbox_time.hpp>
#include <tusker/persistence/saga_look.hpp>
#include <tusker/persistence/stream_replay.hpp>

#include <caf/sec.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <cassert>
#include <chrono>
#include <exception>
#include <iterator>
#include <string>
#include <utility>

namespace tusker {

void aggregate_actor_state::init(pointer self, std::shared_ptr<const node_context> node,
                                 std::shared_ptr<const aggregate_type> type, router_entry router) {
  self_ = self;
  node_ = std::move(node);
  type_ = std::move(type);
  kept_ = options_of(node_->options, type_->name);
  router_ = std::move(router);
}

void aggregate_actor_state::on_execute(execute_command& request) {
  assert(!work_.command); // its router sends one at a time
  work_ = {request.number, std::move(request.command), std::move(request.journal), 0};
  if (request.is_first)
    move_in();
  take_up();
}

/// Nothing is left of the aggregate that this actor served before.
void aggregate_actor_state::move_in() {
  stream_ = work_.command->target;
  forget_state();
  snapshot_version_ = empty_stream;
  last_outbox_time_.reset();
}

/// From a new command, or again after another writer was first.
void aggregate_actor_state::take_up() {
  if (work_.command->timers)
    return change_timers();
  if (phase_ == aggregate_phase::recovering) {
    auto is_fresh = !instance_;
    if (auto recovered = recover(); !recovered)
      return answer(fail(recovered.error()));
    if (is_fresh)
      router_.put(aggregate_recovered{self_->id(), work_.number});
  }
  if (!is_met(work_.command->expected, version_) && settle_unexpected_version())
    return;
  decide();
}

auto aggregate_actor_state::recover() -> result<void> {
  return instance_ ? catch_up() : start_over();
}

/// In memory, with events that another writer has recorded since.
auto aggregate_actor_state::catch_up() -> result<void> {
  auto version = replay_stream(*node_->reader, stream_, version_, *instance_);
  if (!version) {
    // What was applied so far may be a part of the stream: the next command starts over.
    forget_state();
    return fail(version.error());
  }
  version_ = *version;
  phase_ = aggregate_phase::running;
  return {};
}

/// From nothing, by the stream's snapshot and its events.
auto aggregate_actor_state::start_over() -> result<void> {
  instance_ = type_->make();
  ++node_->counters->recoveries;
  auto recovered = recover_stream(*node_->reader, stream_, *instance_);
  if (!recovered) {
    forget_state();
    return fail(recovered.error());
  }
  node_->counters->snapshots_passed_over += recovered->use == snapshot_use::passed_over ? 1 : 0;
  version_ = recovered->version;
  snapshot_version_ = recovered->snapshot;
  phase_ = aggregate_phase::running;
  return {};
}

void aggregate_actor_state::forget_state() {
  instance_.reset();
  version_ = empty_stream;
  phase_ = aggregate_phase::recovering;
}

/// The caller expected another version. Either the command was carried out before, or another writer was first and
/// this actor has not seen it yet, or it is a conflict. Returns whether the command is answered.
auto aggregate_actor_state::settle_unexpected_version() -> bool {
  const auto& command = *work_.command;
  auto first = node_->reader->find_receipt(command.target, command.id);
  if (!first) {
    answer(fail(first.error()));
    return true;
  }
  if (*first) {
    auto is_same = (*first)->hash == hash_of(command);
    answer(is_same ? to_answer(command, (*first)->outcome, receipt_kind::repeated)
                   : fail(reused_error(command)));
    return true;
  }
  if (auto caught_up = recover(); !caught_up) {
    phase_ = aggregate_phase::recovering;
    answer(fail(caught_up.error()));
    return true;
  }
  if (is_met(command.expected, version_))
    return false;
  answer(fail(conflict_error(command, version_)));
  return true;
}

void aggregate_actor_state::decide() {
  ++work_.decisions;
  auto now = node_->clock->now();
  const auto& command = *work_.command;
  // Whoever set a timer for a time is not to be told that it is earlier, whatever the wall's clock says.
  auto seen = command.fires ? std::max(now, command.fires->key.due) : now;
  was_at_rest_ = instance_->is_at_rest();
  auto decided = instance_->decide(command, context(seen, command.id, command.meta));
  if (!decided)
    return answer(fail(decided.error()));
  if (decided->is_void)
    return answer_void(now);
  append(std::move(*decided), now);
}

/// Nothing is appended, so no append finds out whether another writer was first: the version is looked at here.
void aggregate_actor_state::answer_void(timestamp now) {
  auto head = node_->reader->stream_head(stream_);
  if (!head)
    return answer(fail(head.error()));
  if (*head != version_)
    return on_conflict({version_, *head});
  answer(to_answer(*work_.command, {version_, {}, 0, std::nullopt, now}, receipt_kind::first));
}

auto aggregate_actor_state::new_item(timestamp now) const -> append_item {
  append_item item;
  item.shard = shard_of(stream_, node_->reader->shards());
  item.shard_epoch = node_->epochs[item.shard.value()];
  item.stream = stream_;
  item.expected = version_;
  item.time = now;
  return item;
}

/// The state as it is now, if so many events have come since the last snapshot.
auto aggregate_actor_state::snapshot_if(std::size_t events_due) -> snapshot_change {
  proposed_snapshot_.reset();
  if (!is_snapshot_due(events_since_snapshot(version_, snapshot_version_), events_due))
    return keep_snapshot{};
  auto state = instance_->take_snapshot();
  if (!state || size_of(*state) > node_->options.journal.limits.event_bytes_max)
    return keep_snapshot{};
  proposed_snapshot_ = version_;
  return stored_snapshot{version_, node_->clock->now(), std::move(*state)};
}

void aggregate_actor_state::append(encoded_decision&& decided, timestamp now) {
  const auto& command = *work_.command;
  auto item = new_item(now);
  item.command = command.id;
  item.command_hash = hash_of(command);
  item.events = std::move(decided.events);
  proposed_contents_.clear();
  if (command.witness) {
    proposed_contents_.reserve(item.events.size());
    for (const auto& event : item.events)
      proposed_contents_.push_back(event.content);
  }
  item.rejection = std::move(decided.rejection);
  if (!decided.messages.empty()) {
    auto time = next_outbox_time(now);
    if (!time)
      return answer(fail(time.error()));
    item.outbox = to_outbox(std::move(decided.messages), command, version_, *time);
  }
  item.outbox.insert(item.outbox.end(), std::make_move_iterator(decided.calls.begin()),
                     std::make_move_iterator(decided.calls.end()));
  if (command.settles)
    item.outbox_settled.push_back(*command.settles);
  item.fires = command.fires;
  item.timers = std::move(decided.timers.set);
  item.timers_cancelled = std::move(decided.timers.cancelled);
  item.snapshot = snapshot_if(kept_.snapshot_every_events);
  proposed_ =
      command_outcome{version_, {}, static_cast<std::uint32_t>(item.events.size()), item.rejection, now};
  send_item(std::move(item));
}

/// Later than that of all messages before: entries are published in the order of their ids, which begin with a time,
/// and the wall's clock may have gone back. What an earlier life of this aggregate published matters only if it still
/// waits.
auto aggregate_actor_state::next_outbox_time(timestamp now) -> result<timestamp> {
  if (!last_outbox_time_) {
    auto waiting = last_outbox_time(*node_->reader, shard_of(stream_, node_->reader->shards()), now);
    if (!waiting)
      return fail(waiting.error());
    last_outbox_time_ = *waiting;
  }
  last_outbox_time_ = std::max(now, *last_outbox_time_ + std::chrono::microseconds(1));
  return *last_outbox_time_;
}

/// No decision, so no state: an aggregate that has read its stream keeps it, and one that has not need not.
void aggregate_actor_state::change_timers() {
  const auto& command = *work_.command;
  auto now = node_->clock->now();
  auto item = new_item(now);
  item.expected = command.expected;
  item.command = command.id;
  item.command_hash = hash_of(command);
  item.timers = command.timers->set;
  item.timers_cancelled = command.timers->cancelled;
  proposed_snapshot_.reset();
  proposed_ = command_outcome{version_, {}, 0, std::nullopt, now};
  send_item(std::move(item));
}

void aggregate_actor_state::send_item(append_item&& item) {
  work_.is_at_journal = true;
  auto sink = caf::actor_cast<step_sink>(caf::strong_actor_ptr(self_->ctrl()));
  work_.journal.put(append_step{std::move(item), ++last_step_, std::move(sink)});
}

void aggregate_actor_state::on_step_answer(const step_answer& reply) {
  if (reply.number != last_step_ || !std::exchange(work_.is_at_journal, false))
    return;
  on_verdict(reply.answer);
}

void aggregate_actor_state::on_verdict(const append_answer& reply) {
  if (!reply.verdict) {
    // A full disk refused the batch; anything else stops the journal, and the outcome is not known.
    if (reply.verdict.error().code() != journal_errc::storage_full)
      return report_lost_journal(reply.verdict.error());
    phase_ = aggregate_phase::recovering;
    return answer(fail(reply.verdict.error()));
  }
  std::visit(visitor{
                 [this](const appended& verdict) { on_appended(verdict); },
                 [this](const version_conflict& verdict) { on_conflict(verdict); },
                 [this](const duplicate_command& verdict) { on_duplicate(verdict); },
                 [this](const command_id_reused&) { answer(fail(reused_error(*work_.command))); },
                 [this](const command_expired& verdict) {
                   answer(fail(expired_error(*work_.command, verdict.kept_from)));
                 },
                 [this](const fenced& verdict) { on_fenced(verdict); },
                 [this](const refused& verdict) { answer(fail(verdict.why)); },
                 [this](const timer_gone&) { answer(fail(timer_gone_error(*work_.command))); },
             },
             *reply.verdict);
}

void aggregate_actor_state::on_appended(const appended& verdict) {
  if (!work_.command->timers) {
    instance_->confirm();
    version_ = verdict.version;
    if (!was_at_rest_ && instance_->is_at_rest())
      tell_of_standstill();
  }
  if (proposed_snapshot_) {
    snapshot_version_ = *std::exchange(proposed_snapshot_, std::nullopt);
    ++node_->counters->snapshots_taken;
  }
  if (work_.command->witness && !work_.command->timers)
    work_.command->witness->note(verdict.version, std::exchange(proposed_contents_, {}));
  proposed_->version = verdict.version;
  proposed_->at = verdict.at;
  answer(to_answer(*work_.command, *proposed_, receipt_kind::first));
}

/// To whoever keeps a log, if somebody has to decide before it goes on.
void aggregate_actor_state::tell_of_standstill() const {
  auto why = instance_->standstill();
  if (why.empty())
    return;
  tell(node_->options.log, {log_level::error,
                            log_component::saga,
                            "a saga is stuck",
                            {{"saga", std::string(stream_.category())},
                             {"key", std::string(stream_.key())},
                             {"failure", std::move(why)}},
                            correlation_in(caused_by(*work_.command))});
}

/// To those who wait for it.
void aggregate_actor_state::tell_of_rest() {
  if (!node_->sagas->is_awaited(stream_))
    return;
  // Where this actor knows all of it, nothing is read.
  if (auto end = instance_->ending(); end && phase_ == aggregate_phase::running)
    return node_->sagas->announce(stream_, {std::string(stream_.category()), std::string(stream_.key()),
                                            saga_phase::completed, end->version, version_, end->at,
                                            std::move(end->last_input)});
  if (auto look = look_at_saga(*node_->reader, stream_); look && *look)
    node_->sagas->announce(stream_, **look);
}

void aggregate_actor_state::on_conflict(const version_conflict& conflict) {
  if (work_.command->timers)
    return answer(fail(conflict_error(*work_.command, conflict.actual)));
  instance_->discard();
  phase_ = aggregate_phase::recovering;
  if (work_.decisions >= node_->options.decisions_max)
    return answer(fail(conflict_error(*work_.command, conflict.actual)));
  ++node_->counters->decided_again;
  take_up();
}

void aggregate_actor_state::on_fenced(const fenced& verdict) {
  phase_ = aggregate_phase::recovering; // the new owner writes on
  answer(fail(fenced_error(*work_.command, verdict.current)));
}

void aggregate_actor_state::on_duplicate(const duplicate_command& duplicate) {
  // The first outcome may have come from another writer, whose events this state lacks.
  if (duplicate.first.version > version_)
    phase_ = aggregate_phase::recovering;
  // The timer is there, so it is not the one that this id's first command took along.
  if (work_.command->fires)
    return answer(fail(reused_error(*work_.command)));
  answer(to_answer(*work_.command, duplicate.first, receipt_kind::repeated));
}

void aggregate_actor_state::answer(result<receipt>&& outcome) {
  // Read while the journal is opened again: nothing is known to be wrong, the command only came too early.
  if (!outcome && outcome.error().code() == journal_errc::reopening)
    return report_lost_journal(outcome.error());
  if (instance_)
    instance_->discard();
  auto since = events_since_snapshot(version_, snapshot_version_);
  auto is_at_rest = instance_ && instance_->is_at_rest();
  // Also after a repeated command: nobody may have heard of the first.
  if (is_at_rest)
    tell_of_rest();
  router_.put(command_answer{self_->id(), work_.number, std::move(outcome), command_fate::answered, since,
                             is_at_rest});
  finish_work();
}

/// An idle aggregate holds neither the command nor the journal's actor, whose thread ends with its last handle.
void aggregate_actor_state::finish_work() {
  work_ = {};
  proposed_contents_ = {};
}

/// The router carries the command here again once there is a journal: under its id it has its effect once.
void aggregate_actor_state::report_lost_journal(const error& why) {
  forget_state();
  router_.put(command_answer{self_->id(), work_.number, fail(why), command_fate::journal_lost, 0});
  finish_work();
}

void aggregate_actor_state::on_passivate(const passivate_aggregate& request) {
  auto item = new_item(node_->clock->now());
  proposed_snapshot_.reset();
  if (phase_ == aggregate_phase::running)
    item.snapshot = snapshot_if(kept_.snapshot_on_passivation_events);
  if (!proposed_snapshot_ || !request.journal.actor)
    return self_->quit();
  // Whatever comes of it: a snapshot that is missing costs time, not truth.
  auto end = [this](const append_answer& verdict) {
    if (verdict.verdict && std::holds_alternative<appended>(*verdict.verdict))
      ++node_->counters->snapshots_taken;
    self_->quit();
  };
  // Not `await`: an actor that waits in vain, since the journal's died, is told to end.
  self_->request(request.journal.actor, caf::infinite, append_request{std::move(item)})
      .then(end, [this](const caf::error&) { self_->quit(); });
}

auto make_aggregate_actor(aggregate_actor_state::pointer self, std::shared_ptr<const node_context> node,
                          std::shared_ptr<const aggregate_type> type, router_entry router)
    -> aggregate_actor::behavior_type {
  auto& state = self->state;
  state.init(self, std::move(node), std::move(type), std::move(router));
  // A user's code threw: the router tells the caller what it said.
  self->set_exception_handler(error_of_exception);
  return {
      [&state](execute_command& request) { state.on_execute(request); },
      [&state](const step_answer& reply) { state.on_step_answer(reply); },
      [&state](const passivate_aggregate& request) { state.on_passivate(request); },
  };
}

} // namespace tusker
