#include <tusker/actors/supervisor_actor.hpp>

#include <tusker/actors/node_log.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <exception>
#include <utility>

namespace tusker {

namespace {

auto name_of(const node_part& part) -> std::string {
  switch (part.kind) {
  case node_part::part_kind::journal:
    return "the journal actor";
  case node_part::part_kind::router:
    return "router " + std::to_string(part.number) + " of " + part.aggregate_type;
  case node_part::part_kind::dispatcher:
    return "the dispatcher";
  case node_part::part_kind::publisher:
    return "the publisher";
  case node_part::part_kind::outbox:
    return "the outbox relay";
  case node_part::part_kind::timers:
    return "the timer actor";
  case node_part::part_kind::calls:
    return "the caller of sagas";
  case node_part::part_kind::desk:
    return "the desk of sagas";
  case node_part::part_kind::supervisor:
    break;
  }
  return "the supervisor";
}

auto component_of(const node_part& part) -> log_component {
  switch (part.kind) {
  case node_part::part_kind::journal:
    return log_component::journal;
  case node_part::part_kind::publisher:
  case node_part::part_kind::outbox:
    return log_component::queue;
  case node_part::part_kind::calls:
  case node_part::part_kind::desk:
    return log_component::saga;
  default:
    return log_component::node;
  }
}

/// A journal that is lost is told apart by its code from a part that crashes.
auto failure_of(const node_part& part, const std::string& reason) -> error {
  auto text = name_of(part) + " died (" + reason + ") and is not started again; the node takes no commands";
  if (part.kind == node_part::part_kind::journal)
    return {journal_errc::io_error, std::move(text)};
  return {runtime_errc::aggregate_failed, std::move(text)};
}

} // namespace

void close_node(const node_context& node, const error& why) {
  node.gate->close();
  node.publishes->close();
  tell(node.options.log,
       {log_level::error, log_component::node, "the node gave up", {{"failure", to_string(why)}}});
}

void supervisor_actor_state::init(pointer self, node_blueprint blueprint, parts running) {
  self_ = self;
  blueprint_ = std::move(blueprint);
  parts_ = std::move(running);
  lots_.seed(static_cast<std::minstd_rand::result_type>(self_->id()));
  self_->monitor(parts_.journal.actor);
  self_->monitor(parts_.dispatcher);
  self_->monitor(parts_.publisher);
  self_->monitor(parts_.outbox);
  self_->monitor(parts_.timers);
  self_->monitor(parts_.calls);
  self_->monitor(parts_.desk);
  for (const auto& [type, routers] : parts_.routers)
    for (const auto& router : routers)
      self_->monitor(router.actor);
  self_->delayed_send(self_, std::chrono::minutes(1), look_at_storage{});
}

auto supervisor_actor_state::delays() const -> retry_policy {
  const auto& options = blueprint_.context->options;
  constexpr double factor = 2.0;
  constexpr double jitter = 0.2;
  return {options.restart_delay, factor, options.restart_delay_max, jitter, 0};
}

auto supervisor_actor_state::draw_lot() -> double {
  return std::uniform_real_distribution<double>()(lots_);
}

auto supervisor_actor_state::part_of(const caf::actor_addr& address) const -> std::optional<node_part> {
  using kind = node_part::part_kind;
  if (parts_.journal.actor && parts_.journal.actor.address() == address)
    return node_part{kind::journal, {}, 0};
  if (parts_.dispatcher && parts_.dispatcher.address() == address)
    return node_part{kind::dispatcher, {}, 0};
  if (parts_.publisher && parts_.publisher.address() == address)
    return node_part{kind::publisher, {}, 0};
  if (parts_.outbox && parts_.outbox.address() == address)
    return node_part{kind::outbox, {}, 0};
  if (parts_.timers && parts_.timers.address() == address)
    return node_part{kind::timers, {}, 0};
  if (parts_.calls && parts_.calls.address() == address)
    return node_part{kind::calls, {}, 0};
  if (parts_.desk && parts_.desk.address() == address)
    return node_part{kind::desk, {}, 0};
  for (const auto& [type, routers] : parts_.routers)
    for (std::size_t number = 0; number < routers.size(); ++number)
      if (routers[number].actor && routers[number].actor.address() == address)
        return node_part{kind::router, type, number};
  return std::nullopt;
}

void supervisor_actor_state::on_down(const caf::down_msg& down) {
  auto part = part_of(down.source);
  if (!part)
    return;
  if (part->kind == node_part::part_kind::dispatcher)
    parts_.dispatcher = nullptr;
  if (has_given_up_)
    return on_down_in_the_end(*part);
  auto reason = self_->system().render(down.reason);
  if (part->kind == node_part::part_kind::journal)
    return on_journal_down(*part, reason);
  schedule_restart(*part, reason);
}

/// The node has given up: nobody is to wait for what died since.
void supervisor_actor_state::on_down_in_the_end(const node_part& part) {
  if (part.kind == node_part::part_kind::dispatcher)
    return restart_dispatcher();
  if (part.kind != node_part::part_kind::journal)
    return;
  parts_.journal.actor = nullptr;
  is_journal_ready_ = false;
  tell_of_journal();
}

void supervisor_actor_state::on_journal_down(const node_part& part, const std::string& reason) {
  parts_.journal.actor = nullptr;
  auto was_ready = std::exchange(is_journal_ready_, false);
  tell_of_journal();
  if (!blueprint_.engine->is_reopenable())
    return give_up(failure_of(part, reason));
  auto now = self_->clock().now();
  if (was_ready) {
    journal_lost_at_ = now;
    reopens_failed_ = 0;
    return schedule_restart(part, reason);
  }
  tell_of(part, log_level::warning, "a part could not be started again", {{"reason", reason}});
  // It could not be opened again: a disk may be away for a while, and nothing else is lost meanwhile.
  auto delay = delay_after(delays(), ++reopens_failed_ + 1, draw_lot());
  if (now + delay - journal_lost_at_ > blueprint_.context->options.journal_reopen_for)
    return give_up(failure_of(part, reason));
  self_->delayed_send(self_, delay, restart_part{part});
}

void supervisor_actor_state::schedule_restart(const node_part& part, const std::string& reason) {
  const auto& options = blueprint_.context->options;
  auto fresh = restart_budget(options.restarts_max, options.restart_window, delays());
  auto& budget = budgets_.try_emplace(name_of(part), std::move(fresh)).first->second;
  auto delay = budget.spend(self_->clock().now(), draw_lot());
  if (!delay)
    return give_up(failure_of(part, reason));
  tell_of(part, log_level::warning, "a part died and is started again",
          {{"reason", reason}, {"delay_ms", std::to_string(delay->count())}});
  self_->delayed_send(self_, *delay, restart_part{part});
}

void supervisor_actor_state::tell_of(const node_part& part, log_level level, std::string what,
                                     std::vector<log_field> fields) const {
  fields.insert(fields.begin(), {"part", name_of(part)});
  tell(blueprint_.context->options.log, {level, component_of(part), std::move(what), std::move(fields)});
}

void supervisor_actor_state::on_restart(const restart_part& request) {
  if (has_given_up_)
    return;
  switch (request.part.kind) {
  case node_part::part_kind::journal:
    return restart_journal();
  case node_part::part_kind::router:
    return restart_router(request.part);
  case node_part::part_kind::dispatcher:
    return restart_dispatcher();
  case node_part::part_kind::publisher:
    return restart_publisher();
  case node_part::part_kind::outbox:
    return restart_outbox();
  case node_part::part_kind::timers:
    return restart_timers();
  case node_part::part_kind::calls:
    return restart_calls();
  case node_part::part_kind::desk:
    return restart_desk();
  case node_part::part_kind::supervisor:
    return; // It has no restart.
  }
}

void supervisor_actor_state::restart_journal() {
  ++blueprint_.context->counters->journal_restarts;
  parts_.journal =
      blueprint_.spawn_journal(self_->system(), parts_.journal.generation + 1, supervisor_actor(self_));
  self_->monitor(parts_.journal.actor);
}

/// Only now can the journal take anything; until then routers keep what is for it.
void supervisor_actor_state::on_journal_ready(const journal_ready& ready) {
  if (has_given_up_ || ready.generation != parts_.journal.generation || !parts_.journal.actor)
    return;
  is_journal_ready_ = true;
  tell_of_journal();
  auto away = std::chrono::floor<std::chrono::milliseconds>(self_->clock().now() - journal_lost_at_);
  tell_of({node_part::part_kind::journal, {}, 0}, log_level::info, "the journal is open again",
          {{"away_ms", std::to_string(away.count())}});
}

void supervisor_actor_state::tell_of_journal() {
  auto link = is_journal_ready_ ? parts_.journal : journal_link{{}, parts_.journal.generation};
  blueprint_.context->journal->set(link);
  for (const auto& [type, routers] : parts_.routers)
    for (const auto& router : routers)
      self_->send(router.actor, journal_changed{link});
}

void supervisor_actor_state::restart_router(const node_part& part) {
  ++blueprint_.context->counters->router_restarts;
  auto link = is_journal_ready_ ? parts_.journal : journal_link{{}, parts_.journal.generation};
  auto router = blueprint_.spawn_router(self_->system(), part.aggregate_type, link);
  self_->monitor(router.actor);
  parts_.routers.at(part.aggregate_type).at(part.number) = router;
  blueprint_.context->book->replace_router(part, router);
}

void supervisor_actor_state::restart_dispatcher() {
  ++blueprint_.context->counters->dispatcher_restarts;
  parts_.dispatcher = blueprint_.spawn_dispatcher(self_->system());
  self_->monitor(parts_.dispatcher);
  blueprint_.context->book->set_dispatcher(parts_.dispatcher);
}

/// The order matters: whoever does not find the new publisher has entered the gate by the time it takes up what is
/// there.
void supervisor_actor_state::restart_publisher() {
  ++blueprint_.context->counters->publisher_restarts;
  parts_.publisher = blueprint_.spawn_publisher(self_->system());
  self_->monitor(parts_.publisher);
  blueprint_.context->publishes->set_publisher(parts_.publisher);
  self_->send(parts_.publisher, take_up_publishes{});
}

void supervisor_actor_state::restart_outbox() {
  ++blueprint_.context->counters->outbox_restarts;
  parts_.outbox = blueprint_.spawn_outbox(self_->system());
  self_->monitor(parts_.outbox);
}

/// The next one looks into the journal anew. What the last one had sent goes on; who comes second finds no timer.
void supervisor_actor_state::restart_timers() {
  ++blueprint_.context->counters->timer_restarts;
  parts_.timers = blueprint_.spawn_timers(self_->system());
  self_->monitor(parts_.timers);
}

/// The next one looks through the outboxes.
void supervisor_actor_state::restart_calls() {
  ++blueprint_.context->counters->caller_restarts;
  parts_.calls = blueprint_.spawn_calls(self_->system());
  self_->monitor(parts_.calls);
}

void supervisor_actor_state::restart_desk() {
  parts_.desk = blueprint_.spawn_desk(self_->system());
  self_->monitor(parts_.desk);
}

void supervisor_actor_state::on_crash(const crash_part& request) {
  const auto& part = request.part;
  switch (part.kind) {
  case node_part::part_kind::journal:
    return self_->send_exit(parts_.journal.actor, caf::exit_reason::kill);
  case node_part::part_kind::router:
    return self_->send_exit(parts_.routers.at(part.aggregate_type).at(part.number).actor,
                            caf::exit_reason::kill);
  case node_part::part_kind::dispatcher:
    return parts_.dispatcher ? self_->send_exit(parts_.dispatcher, caf::exit_reason::kill) : void();
  case node_part::part_kind::publisher:
    return self_->send_exit(parts_.publisher, caf::exit_reason::kill);
  case node_part::part_kind::outbox:
    return self_->send_exit(parts_.outbox, caf::exit_reason::kill);
  case node_part::part_kind::timers:
    return self_->send_exit(parts_.timers, caf::exit_reason::kill);
  case node_part::part_kind::calls:
    return self_->send_exit(parts_.calls, caf::exit_reason::kill);
  case node_part::part_kind::desk:
    return self_->send_exit(parts_.desk, caf::exit_reason::kill);
  case node_part::part_kind::supervisor:
    return self_->quit(caf::exit_reason::kill);
  }
}

/// The look itself frees the slots of readers that died; what it sees is for whoever watches the node.
void supervisor_actor_state::on_look_at_storage() {
  if (auto seen = blueprint_.engine->storage()) {
    auto& counters = *blueprint_.context->counters;
    counters.long_reads = seen->long_reads;
    counters.oldest_reader_commits = seen->oldest_reader_commits;
    counters.stale_readers = seen->stale_readers;
  }
  self_->delayed_send(self_, std::chrono::minutes(1), look_at_storage{});
}

void supervisor_actor_state::give_up(const error& why) {
  has_given_up_ = true;
  close_node(*blueprint_.context, why);
  for (const auto& [type, routers] : parts_.routers)
    for (const auto& router : routers)
      self_->send(router.actor, journal_gone{why});
  // Callers are told by the dispatcher: what they do then may take long.
  blueprint_.context->book->shut(why, why);
  if (!parts_.dispatcher)
    restart_dispatcher();
  blueprint_.context->publishes->answer_all(why);
}

void supervisor_actor_state::on_exit(const caf::exit_msg& exit) {
  has_given_up_ = true;
  end_parts();
  self_->quit(exit.reason);
}

/// Also when it dies itself: nobody else knows them all, and the node's end waits for each.
supervisor_actor_state::~supervisor_actor_state() {
  end_parts();
}

void supervisor_actor_state::end_parts() {
  auto end = [](const auto& part) {
    if (part)
      caf::anon_send_exit(part, caf::exit_reason::user_shutdown);
  };
  end(std::exchange(parts_.timers, nullptr));
  end(std::exchange(parts_.calls, nullptr));
  end(std::exchange(parts_.desk, nullptr));
  end(std::exchange(parts_.dispatcher, nullptr));
  if (blueprint_.context)
    blueprint_.context->publishes->set_publisher(publisher_actor());
  end(std::exchange(parts_.publisher, nullptr));
  end(std::exchange(parts_.outbox, nullptr));
  for (const auto& [type, routers] : std::exchange(parts_.routers, {}))
    for (const auto& router : routers)
      end(router.actor);
  // CAF waits for the thread of a detached actor, which waits for the last handle of the actor.
  if (blueprint_.context)
    blueprint_.context->journal->set({});
  end(std::exchange(parts_.journal.actor, nullptr));
}

namespace {

/// Nobody restarts the supervisor: what it cannot do is the end of the node, and everybody is told.
template <class Action>
void guarded(supervisor_actor_state& state, const Action& action) {
  try {
    action();
  } catch (const std::exception& thrown) {
    state.give_up({runtime_errc::aggregate_failed,
                   std::string("the supervisor failed (") + thrown.what() + "); the node takes no commands"});
  }
}

} // namespace

auto make_supervisor_actor(supervisor_actor_state::pointer self, node_blueprint blueprint,
                           supervisor_actor_state::parts running) -> supervisor_actor::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(blueprint), std::move(running));
  self->set_down_handler(
      [&state](const caf::down_msg& down) { guarded(state, [&] { state.on_down(down); }); });
  self->set_exit_handler([&state](const caf::exit_msg& exit) { state.on_exit(exit); });
  return {
      [&state](const restart_part& request) { guarded(state, [&] { state.on_restart(request); }); },
      [&state](const journal_ready& ready) { state.on_journal_ready(ready); },
      [&state](const crash_part& request) { state.on_crash(request); },
      [&state](const look_at_storage&) { guarded(state, [&] { state.on_look_at_storage(); }); },
  };
}

} // namespace tusker
