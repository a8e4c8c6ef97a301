#include <tusker/actors/aggregate_actor.hpp>

#include <tusker/actors/command_result.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/visitor.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/stream_replay.hpp>

#include <caf/sec.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <exception>
#include <string>
#include <utility>

namespace tusker {

namespace {

/// A user's code threw: the actor ends with what it said, which its router tells the caller.
auto error_of_exception(std::exception_ptr& thrown) -> caf::error {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& why) {
    return caf::make_error(caf::sec::runtime_error, std::string(why.what()));
  } catch (...) {
    return caf::make_error(caf::sec::runtime_error, "an exception that is no std::exception");
  }
}

} // namespace

void aggregate_actor_state::init(pointer self, std::shared_ptr<const node_context> node,
                                 std::shared_ptr<const aggregate_type> type, journal_actor journal,
                                 answer_sink router) {
  self_ = self;
  node_ = std::move(node);
  type_ = std::move(type);
  journal_ = std::move(journal);
  router_ = std::move(router);
}

void aggregate_actor_state::on_execute(execute_command& request) {
  work_ = {request.number, std::move(request.command), 0};
  take_up();
}

/// From a new command, or again after another writer was first.
void aggregate_actor_state::take_up() {
  if (phase_ == aggregate_phase::recovering)
    if (auto recovered = recover(); !recovered)
      return answer(fail(recovered.error()));
  if (!is_met(work_.command.expected, version_) && settle_unexpected_version())
    return;
  decide();
}

auto aggregate_actor_state::recover() -> result<void> {
  if (!instance_) {
    instance_ = type_->make();
    ++node_->counters->recoveries;
  }
  auto version = replay_stream(*node_->reader, work_.command.target, version_, *instance_);
  if (!version) {
    // What was applied so far may be a part of the stream: the next command starts over.
    instance_.reset();
    version_ = empty_stream;
    return fail(version.error());
  }
  version_ = *version;
  phase_ = aggregate_phase::running;
  return {};
}

/// The caller expected another version. Either the command was carried out before, or another writer was first and
/// this actor has not seen it yet, or it is a conflict. Returns whether the command is answered.
auto aggregate_actor_state::settle_unexpected_version() -> bool {
  const auto& command = work_.command;
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
  auto decided = instance_->decide(work_.command, context(now, work_.command.id, work_.command.meta));
  if (!decided)
    return answer(fail(decided.error()));
  append(std::move(*decided), now);
}

void aggregate_actor_state::append(encoded_decision decided, timestamp now) {
  const auto& command = work_.command;
  append_item item;
  item.shard = shard_of(command.target, node_->reader->shards());
  item.shard_epoch = node_->epochs[item.shard.value()];
  item.stream = command.target;
  item.expected = version_;
  item.command = command.id;
  item.command_hash = hash_of(command);
  item.events = std::move(decided.events);
  item.rejection = std::move(decided.rejection);
  item.time = now;
  proposed_ =
      command_outcome{version_, {}, static_cast<std::uint32_t>(item.events.size()), item.rejection, now};
  auto on_failure = [this](const caf::error&) {
    on_verdict({fail(journal_errc::io_error,
                     "the journal has stopped; whether the command has its effect is unknown "
                     "until it is opened again")});
  };
  self_->request(journal_, caf::infinite, append_request{std::move(item)})
      .await([this](const append_answer& verdict) { on_verdict(verdict); }, on_failure);
}

void aggregate_actor_state::on_verdict(const append_answer& reply) {
  if (!reply.verdict) {
    instance_->discard();
    phase_ = aggregate_phase::recovering;
    return answer(fail(reply.verdict.error()));
  }
  std::visit(visitor{
                 [this](const appended& verdict) { on_appended(verdict); },
                 [this](const version_conflict& verdict) { on_conflict(verdict); },
                 [this](const duplicate_command& verdict) { on_duplicate(verdict); },
                 [this](const command_id_reused&) { answer(fail(reused_error(work_.command))); },
                 [this](const command_expired& verdict) {
                   answer(fail(expired_error(work_.command, verdict.kept_from)));
                 },
                 [this](const fenced& verdict) { on_fenced(verdict); },
                 [this](const refused& verdict) { answer(fail(verdict.why)); },
             },
             *reply.verdict);
}

void aggregate_actor_state::on_appended(const appended& verdict) {
  instance_->confirm();
  version_ = verdict.version;
  proposed_->version = verdict.version;
  proposed_->at = verdict.at;
  answer(to_answer(work_.command, *proposed_, receipt_kind::first));
}

void aggregate_actor_state::on_conflict(const version_conflict& conflict) {
  instance_->discard();
  phase_ = aggregate_phase::recovering;
  if (work_.decisions >= node_->options.decisions_max)
    return answer(fail(conflict_error(work_.command, conflict.actual)));
  ++node_->counters->decided_again;
  take_up();
}

void aggregate_actor_state::on_fenced(const fenced& verdict) {
  phase_ = aggregate_phase::recovering; // the new owner writes on
  answer(fail(fenced_error(work_.command, verdict.current)));
}

void aggregate_actor_state::on_duplicate(const duplicate_command& duplicate) {
  // The first outcome may have come from another writer, whose events this state lacks.
  if (duplicate.first.version > version_)
    phase_ = aggregate_phase::recovering;
  answer(to_answer(work_.command, duplicate.first, receipt_kind::repeated));
}

void aggregate_actor_state::answer(result<receipt> outcome) {
  if (instance_)
    instance_->discard();
  self_->send(router_, command_answer{work_.number, std::move(outcome)});
}

auto make_aggregate_actor(aggregate_actor_state::pointer self, std::shared_ptr<const node_context> node,
                          std::shared_ptr<const aggregate_type> type, journal_actor journal,
                          answer_sink router) -> aggregate_actor::behavior_type {
  auto& state = self->state;
  state.init(self, std::move(node), std::move(type), std::move(journal), std::move(router));
  self->set_exception_handler(error_of_exception);
  return {
      [&state](execute_command& request) { state.on_execute(request); },
  };
}

} // namespace tusker
