#include <tusker/actors/query_worker_actor.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/open_rows.hpp>

#include <caf/actor_cast.hpp>
#include <caf/sec.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <any>
#include <exception>
#include <string>

namespace tusker {

namespace {

auto thrown(const query_route& route, const std::string& what) -> error {
  return {runtime_errc::handler_failed,
          "the handler of query " + tusker::quoted(route.handler.query) + " threw" + what};
}

/// The rows are let go before the caller hears of the answer.
auto answer_of(const open_query& query) -> result<std::any> {
  const auto& route = query.route();
  try {
    auto rows = open_rows(*route.store, route.projection);
    if (!rows)
      return fail(rows.error());
    return route.handler.answer(query.question(), *rows);
  } catch (const std::exception& failure) {
    return fail(thrown(route, std::string(": ") + failure.what()));
  } catch (...) {
    return fail(thrown(route, {}));
  }
}

} // namespace

auto make_query_worker(query_worker::pointer self, const caf::actor_addr& desk, std::size_t number)
    -> query_worker::behavior_type {
  self->set_exception_handler(error_of_exception);
  // An address keeps nobody alive: the desk holds its workers.
  return {
      [self, desk, number](const run_query& request) {
        if (!request.query->is_answered())
          request.query->complete(answer_of(*request.query));
        if (auto waiting = caf::actor_cast<query_desk>(desk))
          self->send(waiting, query_done{number});
      },
      [self](const crash_query_part&) { self->quit(caf::sec::runtime_error); },
  };
}

} // namespace tusker
