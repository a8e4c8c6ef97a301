#include <tusker/actors/query_host.hpp>

#include <tusker/actors/followed_log.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/model/quoted_text.hpp>

#include <utility>

namespace tusker {

query_host::query_host(const runtime_options& options, std::shared_ptr<runtime_counters> counters)
    : in_flight_max_(options.queries_in_flight_max), default_timeout_(options.query_timeout),
      counters_(std::move(counters)), gate_(std::make_shared<query_gate>(in_flight_max_)),
      link_(std::make_shared<query_desk_link>()) {}

void query_host::add(std::string_view projection, query_handler handler) {
  std::lock_guard lock(mutex_);
  added_.emplace_back(projection, std::move(handler));
}

auto query_host::open(const projection_host& projections) -> result<void> {
  std::lock_guard lock(mutex_);
  for (const auto& projection : projections.all_served())
    for (const auto& handler : projection.type->queries)
      if (auto added = add_route(projection, handler); !added)
        return added;
  for (const auto& [name, handler] : added_) {
    auto projection = projections.find(name);
    if (!projection)
      return fail(projection.error());
    if (auto added = add_route(*projection, handler); !added)
      return added;
  }
  return {};
}

/// REQUIRES: the lock is held.
auto query_host::add_route(const projection_host::served& projection, const query_handler& handler)
    -> result<void> {
  const auto& name = projection.type->name;
  if (auto known = routes_.find(handler.query); known != routes_.end()) {
    return fail(runtime_errc::duplicate_type,
                "query " + tusker::quoted(handler.query) + " is answered twice: by projection " +
                    tusker::quoted(known->second->projection) + " and by projection " + tusker::quoted(name));
  }
  auto route = query_route{handler, name, projection.core, projection.store};
  routes_.emplace(handler.query, std::make_shared<const query_route>(std::move(route)));
  return {};
}

void query_host::start(caf::actor_system& system, const std::shared_ptr<const node_context>& context) {
  link_->start(system, context);
  gate_->open();
}

auto query_host::route_to(std::string_view query) const -> result<std::shared_ptr<const query_route>> {
  if (!gate_->is_open())
    return fail(refuse(query, gate_verdict::closed));
  std::lock_guard lock(mutex_);
  auto found = routes_.find(query);
  if (found != routes_.end())
    return found->second;
  std::vector<std::string> known;
  known.reserve(routes_.size());
  for (const auto& [name, route] : routes_)
    known.push_back(name);
  return fail(runtime_errc::no_handler,
              "nobody answers query " + tusker::quoted(query) + name_hint(query, known));
}

auto query_host::refuse(std::string_view query, gate_verdict verdict) const -> error {
  if (verdict == gate_verdict::full) {
    return {runtime_errc::overloaded, "query " + tusker::quoted(query) + ": " +
                                          std::to_string(in_flight_max_) +
                                          " queries (queries_in_flight_max) wait for their answers"};
  }
  return {runtime_errc::stopped, "query " + tusker::quoted(query) +
                                     ": the runtime answers none: it has not started or was shut down"};
}

void query_host::ask(std::string_view query, std::any question, const query_options& options,
                     query_answer tell) {
  ++counters_->queries;
  auto refused = [&](const error& why) {
    counters_->count_query(why.code());
    tell(fail(why));
  };
  auto route = route_to(query);
  if (!route)
    return refused(route.error());
  auto timeout = options.timeout.value_or(default_timeout_);
  if (auto checked = check_dispatch_timeout("the query's timeout (ms)", timeout); !checked)
    return refused(checked.error());
  auto seen = options.seen.offset_of(followed_log);
  auto told = tell;
  auto open = std::make_shared<open_query>(open_query::parts{std::move(*route), std::move(question), seen,
                                                             timeout, std::move(told), counters_, gate_});
  if (auto verdict = gate_->enter(open); verdict != gate_verdict::entered)
    return open->complete(fail(refuse(query, verdict)));
  if (!link_->submit({open}))
    open->complete(fail(gate_->is_open() ? error(runtime_errc::overloaded, "query " + tusker::quoted(query) +
                                                                               ": nobody takes queries now")
                                         : refuse(query, gate_verdict::closed)));
}

void query_host::stop() {
  gate_->close();
  link_->close();
  gate_->answer_all({runtime_errc::stopped, "the runtime was shut down before the query was answered"});
}

void query_host::close() {
  std::lock_guard lock(mutex_);
  routes_.clear();
}

void query_host::crash(const crash_query_part& request) {
  link_->crash(request);
}

} // namespace tusker
