#include <tusker/actors/query_desk_actor.hpp>

#include <tusker/actors/followed_log.hpp>
#include <tusker/actors/query_worker_actor.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/spawn_apart.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/model/quoted_text.hpp>

#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/sec.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

/// Why the rows of a projection do not come on, as far as that is known.
auto state_of(const projection_status& projection) -> std::string {
  auto why = projection.failure ? ": " + to_string(*projection.failure) : std::string();
  switch (projection.phase) {
  case projection_phase::paused:
    return "; it is paused";
  case projection_phase::failed:
    return "; it has failed" + why;
  default:
    return projection.failure ? "; it will try again" + why : "";
  }
}

} // namespace

query_desk_state::~query_desk_state() {
  for (auto& [number, each] : open_)
    if (each.at == phase::waiting)
      stop_waiting(each);
  // Also when it crashed: workers have nobody else who would end them.
  for (const auto& each : workers_)
    if (each.actor)
      caf::anon_send_exit(each.actor, caf::exit_reason::user_shutdown);
}

void query_desk_state::init(pointer self, std::shared_ptr<const node_context> context) {
  self_ = self;
  context_ = std::move(context);
  workers_.resize(context_->options.query_workers);
  for (std::size_t number = 0; number < workers_.size(); ++number)
    spawn_worker(number);
}

void query_desk_state::spawn_worker(std::size_t number) {
  auto& system = self_->system();
  auto desk = self_->address();
  workers_[number].actor = spawn_apart(context_->has_threads, system, make_query_worker, desk, number);
  self_->monitor(workers_[number].actor);
}

void query_desk_state::on_submit(const submit_query& request) {
  last_ticket_ = last_ticket_.next();
  auto& opened = open_[last_ticket_.value()];
  opened.query = request.query;
  deadlines_.add(last_ticket_, self_->clock().now() + request.query->timeout());
  schedule_tick();
  if (request.query->seen() == before_all_events)
    enqueue(last_ticket_, opened);
  else
    wait_for_rows(last_ticket_, opened);
}

void query_desk_state::wait_for_rows(ticket number, entry& waiting) {
  waiting.at = phase::waiting;
  ++context_->counters->queries_waiting;
  // The board outlives its listeners; a place in it is forgotten when its time is over.
  auto address = self_->address();
  auto behind = log_offset(waiting.query->seen().value() - 1);
  auto& board = waiting.query->route().core->rows();
  waiting.wait = board.await(followed_log, behind, [address, number](log_offset) {
    if (auto desk = caf::actor_cast<query_desk>(address))
      caf::anon_send(desk, rows_reached{number});
  });
}

void query_desk_state::stop_waiting(entry& waiting) {
  --context_->counters->queries_waiting;
  waiting.query->route().core->rows().forget(waiting.wait);
}

void query_desk_state::on_reached(const rows_reached& news) {
  auto found = open_.find(news.number.value());
  if (found == open_.end())
    return; // its time was over first
  stop_waiting(found->second);
  enqueue(news.number, found->second);
}

void query_desk_state::enqueue(ticket number, entry& queued) {
  queued.at = phase::queued;
  queue_.push_back(number);
  hand_out();
}

void query_desk_state::hand_out() {
  for (auto& each : workers_) {
    while (!each.query && !queue_.empty()) {
      auto number = queue_.front();
      queue_.pop_front();
      auto found = open_.find(number.value());
      if (found == open_.end())
        continue;
      found->second.at = phase::at_work;
      each.query = found->second.query;
      each.number = number;
      self_->send(each.actor, run_query{number, each.query});
    }
  }
}

void query_desk_state::on_done(const query_done& news) {
  release(workers_.at(news.worker));
  hand_out();
}

void query_desk_state::release(worker& of) {
  // What timed out is not open any more.
  if (open_.erase(of.number.value()) > 0)
    deadlines_.remove(of.number);
  of.query = nullptr;
  of.number = {};
}

void query_desk_state::on_down(const caf::down_msg& down) {
  auto found = std::find_if(workers_.begin(), workers_.end(), [&](const worker& each) {
    return each.actor && each.actor.address() == down.source;
  });
  if (found == workers_.end())
    return;
  if (found->query)
    found->query->complete(fail(runtime_errc::handler_failed,
                                "query " + tusker::quoted(found->query->route().handler.query) +
                                    ": the worker that had it died: " + self_->system().render(down.reason)));
  release(*found);
  ++context_->counters->query_worker_restarts;
  spawn_worker(static_cast<std::size_t>(found - workers_.begin()));
  hand_out();
}

auto query_desk_state::timeout_error(const entry& late) -> error {
  const auto& route = late.query->route();
  auto what = "query " + tusker::quoted(route.handler.query) + " was not answered in time: ";
  switch (late.at) {
  case phase::waiting: {
    auto projection = route.core->status(before_all_events, {});
    what += "the rows of projection " + tusker::quoted(route.projection) + " are at offset " +
            std::to_string(projection.position.value()) + ", and it waited for " +
            std::to_string(late.query->seen().value()) + state_of(projection);
    break;
  }
  case phase::queued:
    what += "it waited for a worker, and all (query_workers) were at work";
    break;
  case phase::at_work:
    what += "its handler was still at work";
    break;
  }
  return {runtime_errc::timed_out, std::move(what)};
}

void query_desk_state::on_tick(const deadline_tick& tick) {
  if (!ticks_.take(tick.count))
    return;
  for (auto number : deadlines_.take_due(self_->clock().now())) {
    auto late = open_.extract(number.value());
    if (late.mapped().at == phase::waiting)
      stop_waiting(late.mapped());
    if (!late.mapped().query->is_answered())
      late.mapped().query->complete(fail(timeout_error(late.mapped())));
  }
  schedule_tick();
}

void query_desk_state::schedule_tick() {
  if (auto tick = ticks_.next(deadlines_.earliest(), self_->clock().now()))
    self_->delayed_send(self_, tick->wait, deadline_tick{tick->count});
}

void query_desk_state::on_crash(const crash_query_part& request) {
  if (request.dying == crash_query_part::part::desk)
    self_->quit(caf::sec::runtime_error);
  else
    self_->send(workers_.at(request.worker).actor, request);
}

auto make_query_desk(query_desk_state::pointer self, std::shared_ptr<const node_context> context)
    -> query_desk::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(context));
  self->set_down_handler([&state](const caf::down_msg& down) { state.on_down(down); });
  return {
      [&state](const submit_query& request) { state.on_submit(request); },
      [&state](const rows_reached& news) { state.on_reached(news); },
      [&state](const query_done& news) { state.on_done(news); },
      [&state](const deadline_tick& tick) { state.on_tick(tick); },
      [&state](const crash_query_part& request) { state.on_crash(request); },
  };
}

} // namespace tusker
