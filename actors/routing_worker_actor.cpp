#include <tusker/actors/routing_worker_actor.hpp>

#include <tusker/actors/room_delay.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/random_id.hpp>

#include <caf/actor_cast.hpp>
#include <caf/sec.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <utility>

namespace tusker {

void routing_worker_state::init(pointer self, std::shared_ptr<const node_context> context,
                                std::shared_ptr<const subscriber_type> type, caf::actor_addr subscriber) {
  self_ = self;
  context_ = std::move(context);
  type_ = std::move(type);
  subscriber_ = std::move(subscriber);
}

void routing_worker_state::on_message(const handle_message& request) {
  number_ = request.number;
  at_ = 0;
  refusals_ = 0;
  auto commands = type_->route(*request.message);
  if (!commands)
    return finish(fail(commands.error()), retry_prospect::none);
  commands_ = std::move(*commands);
  send_next();
}

void routing_worker_state::send_next() {
  if (at_ == commands_.size())
    return finish({});
  last_command_ = last_command_.next();
  // An address keeps nobody alive: an answer may come after this actor's end.
  auto told = [address = self_->address(), number = number_,
               command = last_command_](const result<receipt>& outcome) {
    if (auto waiting = caf::actor_cast<delivery_worker>(address))
      caf::anon_send(waiting, message_routed{number, command, outcome});
  };
  auto command = std::make_shared<const command_envelope>(commands_[at_]);
  if (!context_->commands->send(std::move(command), std::move(told)))
    send_later();
}

void routing_worker_state::send_later() {
  self_->delayed_send(self_, room_delay(refusals_++), route_again{number_});
}

void routing_worker_state::on_again(const route_again& request) {
  if (request.number == number_)
    send_next();
}

void routing_worker_state::on_routed(const message_routed& news) {
  if (news.number != number_ || news.command != last_command_)
    return;
  switch (kind_of(news.outcome)) {
  case answer_kind::no_room:
  case answer_kind::passing:
    return send_later();
  case answer_kind::done:
  case answer_kind::gone:
    refusals_ = 0;
    ++at_;
    return send_next();
  case answer_kind::id_taken:
    if (news.outcome.error().code() == journal_errc::command_expired) {
      // The message is older than receipts are kept. Whoever is told of it twice by that passes it over.
      commands_[at_].id = command_id(random_uuid(context_->clock->now()));
      return send_next();
    }
    return finish(fail(news.outcome.error()));
  case answer_kind::failed:
    return finish(fail(news.outcome.error()));
  }
}

void routing_worker_state::finish(result<void> outcome, retry_prospect prospect) {
  commands_.clear();
  at_ = 0;
  if (auto waiting = caf::actor_cast<delivery_actor>(subscriber_))
    self_->send(waiting, message_handled{std::exchange(number_, {}), {std::move(outcome), prospect}});
}

auto make_routing_worker(routing_worker_state::pointer self, std::shared_ptr<const node_context> context,
                         std::shared_ptr<const subscriber_type> type, const caf::actor_addr& subscriber)
    -> delivery_worker::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(context), std::move(type), subscriber);
  return {
      [&state](const handle_message& request) { state.on_message(request); },
      [&state](const message_routed& news) { state.on_routed(news); },
      [&state](const route_again& request) { state.on_again(request); },
      [self](const crash_delivery&) { self->quit(caf::sec::runtime_error); },
  };
}

} // namespace tusker
