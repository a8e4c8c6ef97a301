#include <tusker/actors/runtime_core.hpp>

#include <tusker/actors/bounded_log.hpp>
#include <tusker/actors/forward_clock.hpp>
#include <tusker/actors/listener_actor.hpp>
#include <tusker/actors/node_blueprint.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/spawn_apart.hpp>
#include <tusker/actors/supervisor_actor.hpp>
#include <tusker/config/option_check.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/append_check.hpp>
#include <tusker/persistence/checkpoint_entry.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/open_rows.hpp>
#include <tusker/persistence/random_id.hpp>
#include <tusker/persistence/read_commit_check.hpp>

#include <caf/exit_reason.hpp>
#include <caf/logger.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <thread>
#include <unistd.h>
#include <utility>

namespace tusker {

namespace {

auto in_use_error(const std::string& checkpoint) -> error {
  return {runtime_errc::checkpoint_in_use, "a subscription of this runtime has checkpoint " +
                                               tusker::quoted(checkpoint) + "; stop that one first"};
}

auto unknown_checkpoint(const read_store& store, const std::string& name, log_id log) -> result<void> {
  auto all = checkpoints_of(store);
  if (!all)
    return fail(all.error());
  std::vector<std::string> known;
  known.reserve(all->size());
  for (const auto& each : *all)
    if (each.log == log)
      known.push_back(each.name);
  return fail(runtime_errc::unknown_checkpoint,
              "there is no checkpoint " + tusker::quoted(name) + name_hint(name, known));
}

/// What names the change of a timer: a command id that is used again must be used for the same one.
auto content_of(const timer_change& change) -> encoded_message {
  std::string text;
  for (const auto& timer : change.set)
    text += to_string(timer.key.id) + " " + timer.content.json;
  for (const auto& key : change.cancelled)
    text += to_string(key.id);
  return {change.set.empty() ? "tusker.CancelTimer" : "tusker.SetTimer", schema_version(1), std::move(text)};
}

auto on_forward_clock(runtime_parts parts) -> runtime_parts {
  parts.clock = std::make_shared<forward_clock>(std::move(parts.clock));
  return parts;
}

} // namespace

runtime_core::runtime_core(runtime_parts parts)
    : parts_(on_forward_clock(std::move(parts))), counters_(std::make_shared<runtime_counters>()),
      gate_(std::make_shared<command_gate>(parts_.options.commands_in_flight_max)),
      queries_(parts_.options, counters_), book_(std::make_shared<command_book>(counters_, gate_)),
      topics_(parts_.options, counters_, parts_.clock, book_) {}

runtime_core::~runtime_core() {
  (void)shutdown(); // Whoever wants to know how it went calls it himself.
}

void runtime_core::add(aggregate_type type) {
  std::lock_guard lock(life_);
  auto added = phase_ == phase::adding
                   ? bus_.add(std::move(type))
                   : fail(runtime_errc::already_started, "'" + type.name + "' was added after the start");
  if (!added && !fault_)
    fault_ = added.error();
}

void runtime_core::add_projection(result<projection_type> type, const projection_options& options) {
  std::lock_guard lock(life_);
  if (phase_ == phase::adding)
    projections_.add(std::move(type), options);
  else if (!fault_)
    fault_ = error(runtime_errc::already_started, "a projection was added after the start");
}

void runtime_core::add_query(std::string_view projection, query_handler handler) {
  std::lock_guard lock(life_);
  if (phase_ == phase::adding)
    queries_.add(projection, std::move(handler));
  else if (!fault_)
    fault_ = error(runtime_errc::already_started, "a query was added after the start");
}

void runtime_core::add_subscriber(result<subscriber_type> type, const subscriber_options& options) {
  std::lock_guard lock(life_);
  if (phase_ == phase::adding)
    (void)deliveries_.add(std::move(type), options); // what is wrong with it, `start` says
  else if (!fault_)
    fault_ = error(runtime_errc::already_started, "a subscriber was added after the start");
}

auto runtime_core::subscribe(result<subscriber_type> type, const subscriber_options& options)
    -> result<void> {
  if (is_ending_ || !reader())
    return fail(runtime_errc::stopped, "nothing can be subscribed to: the runtime was shut down");
  return deliveries_.add(std::move(type), options);
}

void runtime_core::add_topic(topic_type type) {
  std::lock_guard lock(life_);
  if (phase_ == phase::adding)
    topics_.add(std::move(type));
  else if (!fault_)
    fault_ = error(runtime_errc::already_started, "a topic was added after the start");
}

auto runtime_core::rows_of(std::string_view projection) const -> result<read_rows> {
  auto store = store_of(projection);
  return store ? open_rows(std::move(*store), projection) : fail(store.error());
}

auto runtime_core::start() -> result<void> {
  std::lock_guard lock(life_);
  if (phase_ != phase::adding)
    return fail(runtime_errc::already_started, "a runtime starts once");
  if (fault_)
    return fail(*fault_);
  if (auto opened = projections_.open(parts_.options, *parts_.engine, parts_.rows); !opened)
    return opened;
  if (auto opened = queries_.open(projections_); !opened)
    return opened;
  if (auto opened = topics_.open(); !opened)
    return opened;
  if (auto prepared = projections_.prepare(); !prepared)
    return prepared;
  if (auto checked = deliveries_.check(); !checked)
    return checked;
  auto epochs = claim_all_shards();
  if (!epochs)
    return fail(epochs.error());
  auto context = std::make_shared<node_context>();
  context->options = parts_.options;
  context->options.log = bounded_log(parts_.options.log, parts_.clock);
  context->reader = parts_.engine;
  context->clock = parts_.clock;
  context->counters = counters_;
  context->gate = gate_;
  context->book = book_;
  context->positions = std::make_shared<position_board>();
  context->journal = std::make_shared<journal_access>();
  context->publishes = topics_.gate();
  context->outbox = std::make_shared<outbox_board>();
  context->timers = std::make_shared<timer_board>();
  context->timer_failures = timer_failures_;
  context->commands =
      std::make_shared<inner_commands>(gate_, counters_, book_, parts_.options.dispatch_timeout);
  context->calls = std::make_shared<call_board>();
  context->sagas = saga_board_;
  context->has_threads = parts_.how == scheduling::threads;
  context->epochs = std::move(*epochs);
  node_ = std::make_unique<node_system>(parts_.options, parts_.how);
  context_ = context;
  spawn_actors(context);
  projections_.start(node_->system(), context);
  queries_.start(node_->system(), context);
  deliveries_.start(node_->system(), context);
  phase_ = phase::running;
  gate_->open();
  topics_.gate()->open();
  return {};
}

/// One node owns all shards: it takes each from whoever had it, whose appends are fenced from then on.
auto runtime_core::claim_all_shards() -> result<std::vector<epoch>> {
  auto owners = parts_.engine->shard_owners();
  if (!owners)
    return fail(owners.error());
  std::vector<shard_claim> claims;
  for (const auto& owner : *owners)
    claims.push_back({owner.shard, owner.current});
  auto epochs = parts_.engine->claim(claims, "process " + std::to_string(::getpid()));
  if (!epochs)
    return epochs;
  for (std::size_t at = 0; at < claims.size(); ++at)
    if ((*epochs)[at] != claims[at].seen.next())
      return fail(journal_errc::fenced,
                  "shard " + std::to_string(at) + " was taken by somebody else meanwhile");
  return epochs;
}

void runtime_core::spawn_actors(std::shared_ptr<const node_context> context) {
  auto& system = node_->system();
  node_blueprint blueprint{std::move(context), parts_.engine, std::make_shared<command_bus>(bus_),
                           std::make_shared<saga_types>(sagas_)};
  supervisor_actor_state::parts parts;
  parts.journal = blueprint.spawn_journal(system, 1, {});
  blueprint.context->journal->set(parts.journal);
  for (const auto& [name, type] : bus_.types())
    for (std::size_t number = 0; number < blueprint.routers_of(name); ++number)
      parts.routers[name].push_back(blueprint.spawn_router(system, name, parts.journal));
  book_->open(parts_.options, parts.routers, [&clock = system.clock()] { return clock.now(); });
  parts.dispatcher = blueprint.spawn_dispatcher(system);
  book_->set_dispatcher(parts.dispatcher);
  parts.publisher = blueprint.spawn_publisher(system);
  blueprint.context->publishes->set_publisher(parts.publisher);
  parts.outbox = blueprint.spawn_outbox(system);
  parts.timers = blueprint.spawn_timers(system);
  parts.calls = blueprint.spawn_calls(system);
  parts.desk = blueprint.spawn_desk(system);
  supervisor_ = system.spawn(make_supervisor_actor, std::move(blueprint), std::move(parts));
  watch_supervisor();
  // To spawn makes this thread hold the system's logger, for which the system's destructor would wait for ever.
  caf::logger::set_current_actor_system(nullptr);
}

/// Without its supervisor a node would wait for parts that nobody starts again.
void runtime_core::watch_supervisor() {
  auto* watched = caf::actor_cast<caf::abstract_actor*>(supervisor_);
  watched->attach_functor([node = context_](const caf::error& reason) {
    if (reason == caf::exit_reason::user_shutdown)
      return;
    auto why = error(runtime_errc::aggregate_failed, "the supervisor died; the node takes no commands");
    close_node(*node, why);
    node->book->shut(why, why);
    node->book->tell_rest(); // its dispatcher ends with it
    node->publishes->answer_all(why);
  });
}

auto runtime_core::dispatch(std::string_view aggregate, std::string_view key, result<encoded_message> command,
                            const dispatch_options& options) -> pending<receipt> {
  return send(envelope_for(aggregate, key, std::move(command), options), options);
}

auto runtime_core::change_timer(std::string_view aggregate, std::string_view key, const timer_wish& wish,
                                const dispatch_options& options) -> pending<receipt> {
  return send(envelope_for_timer(aggregate, key, wish, options), options);
}

auto runtime_core::send(result<command_envelope>&& envelope, const dispatch_options& options)
    -> pending<receipt> {
  ++counters_->dispatched;
  if (!envelope)
    return answered(envelope.error());
  switch (gate_->enter()) {
  case gate_verdict::entered:
    break;
  case gate_verdict::full:
    return answered(full_error());
  case gate_verdict::closed:
    return answered(book_->refusal());
  }
  auto caller = std::make_shared<pending_state<receipt>>();
  book_->submit(std::make_shared<const command_envelope>(std::move(*envelope)),
                options.timeout.value_or(parts_.options.dispatch_timeout), caller);
  return pending<receipt>(std::move(caller));
}

auto runtime_core::hold_running() const -> result<std::unique_lock<std::mutex>> {
  // A handler may call this, and a shutdown that holds the lock waits for handlers.
  std::unique_lock lock(life_, std::defer_lock);
  while (!is_ending_ && !lock.try_lock())
    std::this_thread::yield();
  if (is_ending_ || phase_ != phase::running)
    return fail(runtime_errc::stopped,
                "there are no subscriptions: the runtime has not started or was shut down");
  return lock;
}

auto runtime_core::subscribe(const subscribe_options& options, event_handler handler)
    -> result<subscription> {
  auto running = hold_running();
  if (!running)
    return fail(running.error());
  auto start = start_of(options);
  if (!start)
    return fail(start.error());
  auto checkpoint = claim_checkpoint(options, *start);
  if (!checkpoint)
    return fail(checkpoint.error());
  if (*checkpoint)
    start = (*checkpoint)->place.position();
  auto core = std::make_shared<subscription_core>(std::move(handler), *start, std::move(*checkpoint));
  auto limit = read_limit{options.batch_events_max, options.batch_bytes_max};
  auto made_of = listener_actor_state::settings{core, {options.log, *start, options.filter, limit}};
  auto& system = node_->system();
  auto listener =
      spawn_apart(context_->has_threads, system, make_listener_actor, context_, std::move(made_of));
  caf::logger::set_current_actor_system(nullptr); // as in `spawn_actors`
  watch_listener(listener, core);
  core->set_listener(caf::actor_cast<caf::actor>(listener));
  std::erase_if(subscriptions_, [](const auto& known) { return known.expired(); });
  subscriptions_.push_back(core);
  return subscription(std::move(core));
}

auto runtime_core::start_of(const subscribe_options& options) const -> result<log_offset> {
  if (std::holds_alternative<from_end>(options.from))
    return parts_.engine->head(options.log);
  const auto* behind = std::get_if<from_after>(&options.from);
  return behind == nullptr ? before_all_events : behind->offset;
}

/// Nobody starts a listener again: what killed it would do so again. Who subscribes anew goes on where it was.
void runtime_core::watch_listener(const listener_actor& listener,
                                  const std::shared_ptr<subscription_core>& core) {
  auto* watched = caf::actor_cast<caf::abstract_actor*>(listener);
  watched->attach_functor([core](const caf::error& reason) {
    if (!reason || reason == caf::exit_reason::user_shutdown)
      return;
    core->fail_with(error(runtime_errc::subscription_failed, "the actor that calls the handler died"));
    core->leave_checkpoint();
    core->forget_listener();
  });
}

auto runtime_core::is_in_use(const std::string& checkpoint, log_id log) const -> bool {
  return std::any_of(subscriptions_.begin(), subscriptions_.end(), [&](const auto& known) {
    auto core = known.lock();
    return core && core->holds(checkpoint, log);
  });
}

auto runtime_core::claim_checkpoint(const subscribe_options& options, log_offset start)
    -> result<std::optional<subscription_core::kept_checkpoint>> {
  if (!options.checkpoint)
    return std::nullopt;
  auto limit =
      check_range<std::uint64_t>("checkpoint_offsets_max", options.checkpoint_offsets_max, 1, 1'000'000);
  if (!limit)
    return fail(limit.error());
  if (auto named = check_checkpoint_name(*options.checkpoint); !named)
    return fail(named.error());
  if (is_in_use(*options.checkpoint, options.log))
    return fail(in_use_error(*options.checkpoint));
  auto store = projections_.checkpoints(parts_.options, *parts_.engine);
  if (!store)
    return fail(store.error());
  auto wanted = checkpoint_request{*options.checkpoint, options.log, start, options.checkpoint_offsets_max};
  auto claimed = subscription_checkpoint::claim(*store, *parts_.engine, wanted, parts_.clock->now());
  if (!claimed)
    return fail(claimed.error());
  return subscription_core::kept_checkpoint{std::move(*claimed), parts_.clock};
}

auto runtime_core::checkpoints() -> result<std::vector<stored_checkpoint>> {
  auto running = hold_running();
  if (!running)
    return fail(running.error());
  auto store = projections_.checkpoints(parts_.options, *parts_.engine);
  if (!store)
    return fail(store.error());
  return checkpoints_of(**store);
}

auto runtime_core::drop_checkpoint(const std::string& name, log_id log) -> result<void> {
  auto entry = checkpoint_entry_name(name, log);
  if (!entry)
    return fail(entry.error());
  auto running = hold_running();
  if (!running)
    return fail(running.error());
  if (is_in_use(name, log))
    return fail(in_use_error(name));
  auto store = projections_.checkpoints(parts_.options, *parts_.engine);
  if (!store)
    return fail(store.error());
  auto found = (*store)->find_projection(*entry);
  if (!found)
    return fail(found.error());
  return *found ? (*store)->drop_projection(*entry) : unknown_checkpoint(**store, name, log);
}

auto runtime_core::full_error() const -> error {
  auto limit = gate_->inside_max();
  auto name = limit < parts_.options.commands_in_flight_max ? std::string("what keeps to latency_target")
                                                            : std::string("commands_in_flight_max");
  return {runtime_errc::overloaded, name + " (" + std::to_string(limit) + ") is reached; try again later"};
}

auto runtime_core::health() const -> result<void> {
  if (auto failure = book_->failure())
    return fail(*failure);
  return {};
}

auto runtime_core::reader() const -> std::shared_ptr<const journal_reader> {
  std::shared_lock lock(engine_mutex_);
  return parts_.engine;
}

auto runtime_core::envelope_for(std::string_view aggregate, std::string_view key,
                                result<encoded_message> command, const dispatch_options& options) const
    -> result<command_envelope> {
  if (!command)
    return fail(command.error());
  if (auto checked = check_dispatch(*command, options); !checked)
    return fail(checked.error());
  auto handler = bus_.handler_of(aggregate, command->type);
  if (!handler)
    return fail(handler.error());
  auto target = stream_id::make(*handler, key);
  if (!target)
    return fail(target.error());
  // In its place at once: it has much to move.
  result<command_envelope> envelope(tl::in_place);
  envelope->id = new_command_id(options);
  envelope->target = std::move(*target);
  envelope->expected = options.expected;
  envelope->content = std::move(*command);
  envelope->meta = options.meta;
  return envelope;
}

auto runtime_core::new_command_id(const dispatch_options& options) const -> command_id {
  return options.command_id ? *options.command_id : command_id(random_uuid(parts_.clock->now()));
}

auto runtime_core::envelope_for_timer(std::string_view aggregate, std::string_view key,
                                      const timer_wish& wish, const dispatch_options& options) const
    -> result<command_envelope> {
  if (auto known = bus_.check_type(aggregate); !known)
    return fail(known.error());
  if (wish.command && *wish.command)
    if (auto handler = bus_.handler_of(aggregate, (*wish.command)->type); !handler)
      return fail(handler.error());
  auto target = stream_id::make(aggregate, key);
  if (!target)
    return fail(target.error());
  command_envelope envelope{new_command_id(options), std::move(*target), options.expected, {}, options.meta};
  auto change = to_timer_change(envelope.target, {wish}, caused_by(envelope));
  if (!change)
    return fail(change.error());
  envelope.content = content_of(*change);
  if (auto checked = check_dispatch(envelope.content, options); !checked)
    return fail(checked.error());
  envelope.timers = std::move(*change);
  return envelope;
}

auto runtime_core::timers(const timer_range& range) const -> result<std::vector<pending_timer>> {
  auto journal = reader();
  if (!journal)
    return fail(runtime_errc::stopped, "timers cannot be read: the runtime was shut down");
  auto found = list_timers(*journal, range);
  if (found)
    for (auto& timer : *found)
      timer.failure = timer_failures_->find(timer.key);
  return found;
}

auto runtime_core::check_dispatch(const encoded_message& command, const dispatch_options& options) const
    -> result<void> {
  if (options.command_id && options.command_id->is_nil())
    return fail(model_errc::malformed_id, command.type + ": the command id is nil, which names no command");
  if (auto bytes = size_of(command) + size_of(options.meta); bytes > parts_.options.command_bytes_max)
    return fail(journal_errc::too_large, command.type + ": the command has " + std::to_string(bytes) +
                                             " bytes with its metadata, the limit (command_bytes_max) is " +
                                             std::to_string(parts_.options.command_bytes_max));
  auto timeout = options.timeout.value_or(parts_.options.dispatch_timeout);
  return check_dispatch_timeout("the dispatch's timeout (ms)", timeout);
}

auto runtime_core::answered(error why) -> pending<receipt> {
  auto answer = std::make_shared<pending_state<receipt>>();
  auto outcome = result<receipt>(fail(std::move(why)));
  counters_->count(outcome);
  answer->complete(std::move(outcome));
  return pending<receipt>(std::move(answer));
}

} // namespace tusker
