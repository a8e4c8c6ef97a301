#include <tusker/actors/publisher_actor.hpp>

#include <tusker/actors/publish_gate.hpp>
#include <tusker/actors/publish_item.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/model/visitor.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace tusker {

namespace {

auto describe(const open_publish& publish) -> std::string {
  const auto& message = publish.message();
  return message.content.type + " to topic " + message.topic + ": message id " + to_string(message.id);
}

} // namespace

void publisher_actor_state::init(pointer self, std::shared_ptr<const node_context> node) {
  self_ = self;
  node_ = std::move(node);
  appends_.init(self_, node_->journal);
}

void publisher_actor_state::on_submit(const submit_publish& request) {
  take(request.publish);
}

void publisher_actor_state::on_take_up() {
  for (const auto& publish : node_->publishes->all())
    take(publish);
}

/// It may come twice: from its caller, and with all that the gate has.
void publisher_actor_state::take(const std::shared_ptr<open_publish>& publish) {
  if (publish->is_answered() || known_.contains(publish.get()))
    return;
  // Also those that nobody waits for any more are with the journal's actor.
  if (appends_.size() >= node_->options.publishes_in_flight_max)
    return publish->complete(fail(runtime_errc::overloaded, describe(*publish) +
                                                                ": the journal has more messages than "
                                                                "publishes_in_flight_max; try again later"));
  if (!publish->deadline)
    publish->deadline = self_->clock().now() + publish->message().timeout;
  auto number = last_ticket_ = last_ticket_.next();
  known_.emplace(publish.get(), number);
  deadlines_.add(number, *publish->deadline);
  const auto& message = publish->message();
  auto item = make_publish_item(*node_, message.topic, message.id, message.content, message.meta);
  auto append = appends_.begin(
      std::move(item), [this, number](const append_verdict& verdict) { on_verdict(number, verdict); },
      when_full::refuse);
  open_.emplace(number.value(), entry{publish, append});
  schedule_tick();
}

void publisher_actor_state::on_verdict(ticket number, const append_verdict& verdict) {
  auto done = open_.extract(number.value());
  if (!done)
    return;
  deadlines_.remove(number);
  const auto& publish = done.mapped().publish;
  known_.erase(publish.get());
  publish->complete(answer_to(*publish, verdict));
}

auto publisher_actor_state::answer_to(const open_publish& publish, const append_verdict& verdict)
    -> result<published> {
  using answer = result<published>;
  auto id = publish.message().id;
  return std::visit(
      visitor{
          [&](const appended& done) -> answer {
            return published{id, done.at, receipt_kind::first};
          },
          [&](const duplicate_command& done) -> answer {
            return published{id, done.first.at, receipt_kind::repeated};
          },
          [&](const command_id_reused&) -> answer {
            return fail(journal_errc::command_id_reused,
                        describe(publish) + " was used before for another message");
          },
          [&](const command_expired& expired) -> answer {
            return fail(journal_errc::command_expired,
                        describe(publish) + " is older than what is kept, from " +
                            to_string(expired.kept_from) +
                            " on: whether it was published before is not known, so it is not published now");
          },
          [&](const fenced&) -> answer {
            return fail(journal_errc::fenced, describe(publish) + ": somebody else owns the topic's shard");
          },
          [&](const version_conflict&) -> answer {
            return fail(journal_errc::version_conflict, describe(publish) + ": the topic takes any version");
          },
          [&](const refused& no) -> answer { return fail(no.why); },
          [&](const timer_gone&) -> answer {
            return fail(runtime_errc::timer_gone, describe(publish) + " answers no timer");
          },
      },
      verdict);
}

void publisher_actor_state::on_tick(const deadline_tick& tick) {
  if (!ticks_.take(tick.count))
    return;
  for (auto number : deadlines_.take_due(self_->clock().now())) {
    auto late = open_.extract(number.value());
    const auto& publish = late.mapped().publish;
    known_.erase(publish.get());
    // Nobody waits for it, so it does not wait for the journal.
    appends_.forget(late.mapped().append);
    publish->complete(fail(runtime_errc::timed_out, describe(*publish) +
                                                        " was not published in time; whether it is, is "
                                                        "unknown: publish it again under its id"));
  }
  schedule_tick();
}

void publisher_actor_state::schedule_tick() {
  if (auto tick = ticks_.next(deadlines_.earliest(), self_->clock().now()))
    self_->delayed_send(self_, tick->wait, deadline_tick{tick->count});
}

auto make_publisher_actor(publisher_actor_state::pointer self, std::shared_ptr<const node_context> node)
    -> publisher_actor::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(node));
  return {
      [&state](const submit_publish& request) { state.on_submit(request); },
      [&state](const take_up_publishes&) { state.on_take_up(); },
      [&state](const retry_append& message) { state.on_retry(message); },
      [&state](const deadline_tick& tick) { state.on_tick(tick); },
  };
}

} // namespace tusker
