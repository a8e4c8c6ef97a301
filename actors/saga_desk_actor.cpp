#include <tusker/actors/saga_desk_actor.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/thrown_error.hpp>

#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <string>
#include <utility>

namespace tusker {

namespace {

/// It may be at rest though nobody could say so.
auto look_for_the_last_time(const journal_reader& journal, const stream_id& saga) -> result<saga_look> {
  auto look = look_at_saga(journal, saga);
  if (look && *look && is_at_rest((*look)->phase))
    return std::move(**look);
  auto where = std::string("it has not begun");
  if (!look)
    where = "it cannot be read: " + look.error().message();
  else if (*look)
    where = "it is " + std::string(name_of((*look)->phase)) + ", after '" + (*look)->last_input + "'";
  return fail(runtime_errc::timed_out, "the saga " + saga.name() + " did not end in time: " + where);
}

} // namespace

void saga_desk_state::init(pointer self, std::shared_ptr<const node_context> node) {
  self_ = self;
  node_ = std::move(node);
  node_->sagas->listen([address = self_->address()] {
    if (auto alive = caf::actor_cast<saga_desk>(address))
      caf::anon_send(alive, look_at_sagas{});
  });
}

saga_desk_state::~saga_desk_state() {
  if (node_)
    node_->sagas->listen(nullptr);
}

void saga_desk_state::on_look(const look_at_sagas& request) {
  if (request.count != 0 && !ticks_.take(request.count))
    return;
  auto now = self_->clock().now();
  auto news = node_->sagas->take();
  for (const auto& [number, timeout] : news.arrivals)
    deadlines_.add(ticket(number), now + timeout);
  for (auto gone : news.forgotten)
    deadlines_.remove(ticket(gone));
  for (auto& [number, who, how] : news.ended) {
    deadlines_.remove(ticket(number));
    (void)who->complete(std::move(how));
  }
  for (auto number : deadlines_.take_due(now))
    if (auto late = node_->sagas->take(number.value()))
      (void)late->second->complete(look_for_the_last_time(*node_->reader, late->first));
  if (auto tick = ticks_.next(deadlines_.earliest(), now))
    self_->delayed_send(self_, tick->wait, look_at_sagas{tick->count});
}

auto make_saga_desk(saga_desk_state::pointer self, std::shared_ptr<const node_context> node)
    -> saga_desk::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(node));
  return {[&state](const look_at_sagas& request) { state.on_look(request); }};
}

} // namespace tusker
