#include <tusker/actors/message_route.hpp>

#include <tusker/actors/room_delay.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/random_id.hpp>

#include <caf/actor_cast.hpp>
#include <caf/send.hpp>

#include <exception>
#include <string>
#include <utility>

namespace tusker {

auto message_route::begin(ticket number, const recorded_event& message) -> std::optional<delivery_outcome> {
  number_ = number;
  at_ = 0;
  refusals_ = 0;
  try {
    auto commands = type_->route(message);
    if (!commands)
      return finish(fail(commands.error()), retry_prospect::none);
    commands_ = std::move(*commands);
  } catch (const std::exception& thrown) {
    return finish(fail(runtime_errc::handler_failed, std::string("finding its way threw: ") + thrown.what()));
  } catch (...) {
    return finish(fail(runtime_errc::handler_failed, "finding its way threw"));
  }
  return send_next();
}

auto message_route::send_next() -> std::optional<delivery_outcome> {
  if (at_ == commands_.size())
    return finish({});
  last_command_ = last_command_.next();
  // An address keeps nobody alive: an answer may come after the subscriber's end.
  auto told = [address = subscriber_, number = number_,
               command = last_command_](const result<receipt>& outcome) {
    if (auto waiting = caf::actor_cast<delivery_actor>(address))
      caf::anon_send(waiting, message_routed{number, command, outcome});
  };
  auto command = std::make_shared<const command_envelope>(commands_[at_]);
  if (!context_->commands->send(std::move(command), std::move(told)))
    send_later();
  return std::nullopt;
}

void message_route::send_later() {
  if (auto self = caf::actor_cast<delivery_actor>(subscriber_))
    caf::delayed_anon_send(self, room_delay(refusals_++), route_again{number_});
}

auto message_route::on_again(const route_again& request) -> std::optional<delivery_outcome> {
  return request.number == number_ ? send_next() : std::nullopt;
}

auto message_route::on_routed(const message_routed& news) -> std::optional<delivery_outcome> {
  if (news.number != number_ || news.command != last_command_)
    return std::nullopt;
  switch (kind_of(news.outcome)) {
  case answer_kind::no_room:
  case answer_kind::passing:
    send_later();
    return std::nullopt;
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
    break;
  case answer_kind::failed:
    break;
  }
  return finish(fail(news.outcome.error()));
}

auto message_route::finish(result<void> outcome, retry_prospect prospect) -> delivery_outcome {
  commands_.clear();
  at_ = 0;
  number_ = {};
  return {std::move(outcome), prospect};
}

} // namespace tusker
