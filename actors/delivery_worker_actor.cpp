#include <tusker/actors/delivery_worker_actor.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/thrown_error.hpp>

#include <caf/actor_cast.hpp>
#include <caf/sec.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <exception>
#include <string>
#include <utility>

namespace tusker {

namespace {

auto outcome_of(const subscriber_type& type, const handle_message& request) -> delivery_outcome {
  try {
    return type.handle(*request.message, request.attempt);
  } catch (const std::exception& thrown) {
    return {fail(runtime_errc::handler_failed, std::string("the handler threw: ") + thrown.what())};
  } catch (...) {
    return {fail(runtime_errc::handler_failed, "the handler threw")};
  }
}

} // namespace

auto make_delivery_worker(delivery_worker::pointer self, std::shared_ptr<const subscriber_type> type,
                          const caf::actor_addr& subscriber) -> delivery_worker::behavior_type {
  self->set_exception_handler(error_of_exception);
  // An address keeps nobody alive: the subscriber holds its workers.
  return {
      [self, type = std::move(type), subscriber](const handle_message& request) {
        auto outcome = outcome_of(*type, request);
        if (auto waiting = caf::actor_cast<delivery_actor>(subscriber))
          self->send(waiting, message_handled{request.number, std::move(outcome)});
      },
      [self](const crash_delivery&) { self->quit(caf::sec::runtime_error); },
  };
}

} // namespace tusker
