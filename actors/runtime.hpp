#pragma once

#include <tusker/actors/dispatch_options.hpp>
#include <tusker/actors/pending.hpp>
#include <tusker/actors/pending_timer.hpp>
#include <tusker/actors/projection_digest.hpp>
#include <tusker/actors/projection_options.hpp>
#include <tusker/actors/projection_status.hpp>
#include <tusker/actors/publish_options.hpp>
#include <tusker/actors/query_options.hpp>
#include <tusker/actors/rejection_in.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/runtime_measures.hpp>
#include <tusker/actors/runtime_stats.hpp>
#include <tusker/actors/saga_options.hpp>
#include <tusker/actors/shutdown_report.hpp>
#include <tusker/actors/subscriber_options.hpp>
#include <tusker/actors/subscriber_status.hpp>
#include <tusker/actors/subscription.hpp>
#include <tusker/config/runtime_options.hpp>
#include <tusker/model/aggregate.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/command_envelope.hpp>
#include <tusker/model/free_saga.hpp>
#include <tusker/model/projection.hpp>
#include <tusker/model/projection_type.hpp>
#include <tusker/model/published.hpp>
#include <tusker/model/query_handler.hpp>
#include <tusker/model/read_rows.hpp>
#include <tusker/model/receipt.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/timer_change.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/topic.hpp>
#include <tusker/model/typed_aggregate.hpp>
#include <tusker/model/typed_projection.hpp>
#include <tusker/model/typed_saga.hpp>
#include <tusker/model/typed_subscriber.hpp>
#include <tusker/persistence/checkpoint_entry.hpp>
#include <tusker/persistence/dead_command_list.hpp>
#include <tusker/persistence/dead_letter_list.hpp>
#include <tusker/persistence/journal.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/saga_look.hpp>
#include <tusker/persistence/stream_steps.hpp>

#include <any>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

class runtime_core;

/// An aggregate as its stream says, and the version of the stream.
template <aggregate A>
struct loaded {
  typename A::state state;
  stream_version version;
};

/// A command that knows the key of the aggregate it is for.
template <class Command>
concept addressed_command = command_type<Command> && requires(const Command& command) {
  { command.aggregate_key() } -> std::convertible_to<std::string_view>;
};

/// A node: aggregates as actors over one journal.
///
///   open ─ add… ─ start ─ dispatch… ─ shutdown
///
/// All functions after `start` may be called from any thread.
class runtime {
public:
  /// Opens the journal that the options name. Errors: those of `check(options)` and of `open_lmdb_journal`.
  [[nodiscard]] static auto open(const runtime_options& options) -> result<runtime>;

  /// A runtime over a journal that the caller has opened; `options.journal` does not count.
  /// Errors: those of `check(options)` but for the journal's.
  [[nodiscard]] static auto open(const runtime_options& options, std::unique_ptr<tusker::journal> engine)
      -> result<runtime>;

  runtime(runtime&& other) noexcept;
  auto operator=(runtime&& other) noexcept -> runtime&;
  runtime(const runtime&) = delete;
  auto operator=(const runtime&) -> runtime& = delete;
  /// Shuts down if nobody has.
  ~runtime();

  /// Hosts aggregates of type `A`. What is wrong with it, `start` says. REQUIRES: not started; a type that is added
  /// later is not hosted, and a dispatch to it is `no_handler`.
  template <aggregate A>
  auto add() -> runtime& {
    return add(describe_aggregate<A>());
  }
  auto add(aggregate_type type) -> runtime&;

  /// Makes the rows of projection `P` in the read store, from its first event on. What is wrong with it, `start` says.
  /// REQUIRES: not started.
  template <projection P>
  auto add_projection(const projection_options& how = {}) -> runtime& {
    return add_projection(describe_projection<P>(), how);
  }
  auto add_projection(result<projection_type> type, const projection_options& how) -> runtime&;

  /// Lets `handler`, `(const Q&, const read_rows&) -> result<typename Q::answer>`, answer query `Q` from the rows of a
  /// projection, for those that the projection does not answer itself. It is called by several threads. What is wrong
  /// with it, `start` says. REQUIRES: not started.
  template <query_type Q, answers_query<Q> Handler>
  auto add_query(std::string_view projection, Handler handler) -> runtime& {
    return add_query(projection, make_query_handler<Q>(std::move(handler)));
  }
  auto add_query(std::string_view projection, query_handler handler) -> runtime&;

  /// Delivers the messages of `T`, a topic or a selection of events, to `handler` under the durable name `name`: from
  /// where the subscriber was, each at least once, those that fail again and again by `how`, and then as dead letters.
  /// See `handles_messages_of` for the handler. What is wrong with it, `start` says. REQUIRES: not started.
  template <subscribable T, handles_messages_of<T> Handler>
  auto add_subscriber(std::string_view name, Handler handler, const subscriber_options& how = {})
      -> runtime& {
    return add_subscriber(describe_subscriber<T>(name, std::move(handler)), how);
  }
  auto add_subscriber(result<subscriber_type> type, const subscriber_options& how) -> runtime&;

  /// Lets messages be published to topic `T` by `publish`; what decisions publish needs no more than their aggregate.
  /// What is wrong with it, `start` says. REQUIRES: not started.
  template <topic T>
  auto add_topic() -> runtime& {
    return add_topic(describe_topic<T>());
  }
  auto add_topic(topic_type type) -> runtime&;

  /// Hosts saga `S`: its instances begin with its start events, and go on by themselves, also over restarts. What is
  /// wrong with it, `start` says. REQUIRES: not started.
  template <saga S>
  auto add_saga(const saga_options& how = {}) -> runtime& {
    return add_saga(describe_saga<S>(), how);
  }
  /// The same for a saga of free form.
  template <free_saga S>
  auto add_saga(const saga_options& how = {}) -> runtime& {
    return add_saga(describe_free_saga<S>(), how);
  }
  auto add_saga(result<saga_type> type, const saga_options& how) -> runtime&;

  /// Takes the shards over and begins to take commands; projections begin where they are. Errors:
  /// `runtime_errc::duplicate_type`, `already_started`; those of `journal::claim`; with projections, those of their
  /// options and of `open_lmdb_read_store`.
  [[nodiscard]] auto start() -> result<void>;

  /// Sends a command to the aggregate of type `A` with that key. The answer, always exactly one, is the receipt
  /// after the command's events are durable, or an error: `runtime_errc::rejected` (see `rejection_in`),
  /// `timed_out`, `overloaded`, `no_handler`, `aggregate_failed`, `stopped`; `journal_errc::version_conflict` (with
  /// its detail), `command_id_reused`, `fenced`, `too_large`, `storage_full`, `io_error`, `corrupt`;
  /// `model_errc::invalid_name`, `not_encodable`, and what a recovery may say.
  template <aggregate A, class Command>
  requires is_alternative_of<Command, typename A::command>
  auto dispatch(std::string_view key, const Command& command, const dispatch_options& options = {})
      -> pending<receipt> {
    return dispatch_encoded(A::type_name, key, encode_message(command), options);
  }

  /// The same by the command's type alone: to the one aggregate type that handles it.
  template <addressed_command Command>
  auto dispatch(const Command& command, const dispatch_options& options = {}) -> pending<receipt> {
    return dispatch_encoded({}, command.aggregate_key(), encode_message(command), options);
  }

  /// The same for a command that comes encoded from outside. An empty `aggregate_type` means the one that handles it.
  auto dispatch(std::string_view aggregate_type, std::string_view key, encoded_message command,
                const dispatch_options& options = {}) -> pending<receipt> {
    return dispatch_encoded(aggregate_type, key, std::move(command), options);
  }

  /// Publishes a message to topic `T`. The answer, always exactly one, is the receipt after the message is durable,
  /// or an error: `runtime_errc::unknown_topic`, `timed_out`, `overloaded`, `stopped`; `journal_errc::too_large`,
  /// `command_id_reused` (the id is another message's), `command_expired`, `storage_full`, `stream_tombstoned`,
  /// `fenced`; `model_errc::not_encodable`, `malformed_id`. While the journal is away it waits, up to its timeout.
  template <topic T, class Message>
  requires is_alternative_of<Message, typename T::message>
  auto publish(const Message& message, const publish_options& options = {}) -> pending<published> {
    return publish_encoded(T::name, encode_message(message), options);
  }

  /// The same for a message that comes encoded from outside. Errors besides: `model_errc::unknown_event_type`,
  /// `unsupported_schema_version` for a message that the topic does not declare today.
  auto publish(std::string_view topic, encoded_message message, const publish_options& options = {})
      -> pending<published> {
    return publish_encoded(topic, std::move(message), options);
  }

  /// Sets a timer of the aggregate with that key: brings it `command` at the time `due`, or late rather than never,
  /// once, also over restarts. Name and time together name the timer, and setting it again replaces its command. The
  /// answer is given after the timer is durable: a receipt without events, or an error as of `dispatch`. An aggregate
  /// sets timers together with its events by `decision::set_timer`.
  template <aggregate A, class Command>
  requires is_alternative_of<Command, typename A::command>
  auto set_timer(std::string_view key, std::string_view name, timestamp due, const Command& command,
                 const dispatch_options& options = {}) -> pending<receipt> {
    return change_timer(A::type_name, key, {std::string(name), due, encode_message(command)}, options);
  }

  /// Cancels that timer, which does not fire once the receipt is there. One that is not there is no error: it may have
  /// fired. Errors: as of `dispatch`.
  template <aggregate A>
  auto cancel_timer(std::string_view key, std::string_view name, timestamp due,
                    const dispatch_options& options = {}) -> pending<receipt> {
    return change_timer(A::type_name, key, {std::string(name), due, std::nullopt}, options);
  }

  /// Timers that have not fired yet, in the order in which they are due, a page of them. Errors:
  /// `runtime_errc::stopped` after the shutdown; those of `journal_reader::read_timers`.
  [[nodiscard]] auto timers(const timer_range& range = {}) const -> result<std::vector<pending_timer>>;

  /// Begins an instance of saga `S` by one of its start events, without the event: the answer is a receipt once that is
  /// durable. An instance that is there already takes note, and changes nothing.
  /// Errors: `runtime_errc::unknown_saga`; `model_errc::unknown_event_type` for what does not start it; as of
  /// `dispatch`.
  template <class S, event_type Event>
  requires(saga<S> || free_saga<S>) auto start_saga(const Event& event, const dispatch_options& options = {})
      -> pending<receipt> {
    return start_encoded(S::type_name, encode_message(event), options);
  }
  /// The same by name, with an event that comes encoded from outside.
  auto start_saga(std::string_view saga, encoded_message event, const dispatch_options& options = {})
      -> pending<receipt> {
    return start_encoded(saga, std::move(event), options);
  }

  /// Waits until an instance has ended, or is stuck, also of one that has not begun, and says how it stands: from the
  /// journal, if it is so far, else when it is; no polling. Errors: `runtime_errc::timed_out`, which says where;
  /// `unknown_saga`, `stopped`; `model_errc::invalid_name`; those of the journal.
  template <class S>
  requires(saga<S> || free_saga<S>) auto await_saga(std::string_view key, std::chrono::milliseconds timeout)
      -> pending<saga_look> {
    return await_saga(S::type_name, key, timeout);
  }
  auto await_saga(std::string_view saga, std::string_view key, std::chrono::milliseconds timeout)
      -> pending<saga_look>;

  /// How an instance does; none when there is none. Errors: `runtime_errc::unknown_saga`, `stopped`;
  /// `model_errc::invalid_name`; those of `look_at_saga`.
  [[nodiscard]] auto saga_of(std::string_view saga, std::string_view key) const
      -> result<std::optional<saga_look>>;
  /// Instances, a page of them. Errors: as above.
  [[nodiscard]] auto sagas(const saga_query& query) const -> result<saga_page>;

  /// Lets an instance that is stuck try again what failed. Errors: `runtime_errc::unknown_saga`; `rejected` when it is
  /// not stuck; as of `dispatch`.
  auto retry_saga(std::string_view saga, std::string_view key, const dispatch_options& options = {})
      -> pending<receipt> {
    return tell_saga(saga, key, encode_message(tusker::retry_saga{}), options);
  }
  /// Lets an instance that runs, or is stuck on its way forward, undo what it did. Errors: as above.
  auto compensate_saga(std::string_view saga, std::string_view key, std::string reason,
                       const dispatch_options& options = {}) -> pending<receipt> {
    return tell_saga(saga, key, encode_message(tusker::compensate_saga{std::move(reason)}), options);
  }

  /// Asks a query. The answer, always exactly one, is what its handler says, from one snapshot of the rows that serve,
  /// or an error: what the handler says, `runtime_errc::handler_failed` when it throws; `timed_out`, which says what it
  /// waited for; `no_handler`, `overloaded`, `stopped`; those of `read_store::view`. It changes nothing, so it can be
  /// asked again. A handler calls nothing of the runtime.
  template <query_type Q>
  auto query(const Q& question, const query_options& options = {}) -> pending<typename Q::answer> {
    using answer = typename Q::answer;
    auto state = std::make_shared<pending_state<answer>>();
    ask(Q::schema.name, std::any(question), options, [state](result<std::any> given) {
      (void)state->complete(given ? result<answer>(std::any_cast<answer>(std::move(*given)))
                                  : result<answer>(fail(std::move(given.error()))));
    });
    return pending<answer>(std::move(state));
  }

  /// The rows of projection `P` that serve, as they are now. Hold them shortly: a store keeps what is old for them, and
  /// is open for as long. REQUIRES: while a thread holds them it asks for no others, and waits for nothing of the
  /// runtime. Errors: `runtime_errc::unknown_projection`, `stopped`; those of `read_store::view`.
  template <projection P>
  [[nodiscard]] auto read() const -> result<read_rows> {
    return read(P::name);
  }
  [[nodiscard]] auto read(std::string_view projection) const -> result<read_rows>;

  /// Reads the aggregate from its snapshot and its stream: what is durable now. Errors: those of
  /// `journal_reader::read_stream` and of the codec; `model_errc::invalid_name`; `runtime_errc::stopped` after the
  /// shutdown.
  template <aggregate A>
  [[nodiscard]] auto load(std::string_view key) const -> result<loaded<A>> {
    typed_aggregate<A> instance;
    auto version = replay(A::type_name, key, instance);
    if (!version)
      return fail(version.error());
    return loaded<A>{instance.state(), *version};
  }

  /// Tells the events of a log to `handler`, on a thread of its own: what is there from the wanted start on, then what
  /// comes. Errors: `runtime_errc::stopped` when the runtime has not started or was shut down; those of
  /// `journal_reader::head`. With a checkpoint also `read_store_errc::invalid`, `too_large` for its name;
  /// `config_errc::out_of_range` for `checkpoint_offsets_max`; `runtime_errc::checkpoint_in_use` when a subscription of
  /// this runtime has it; `beyond_the_log` when it is ahead of the log, as after a restored backup, until it is
  /// dropped; those of `open_lmdb_read_store`, and of the read store's writes. Another runtime that claims it displaces
  /// this one's subscription, which fails with `subscription_displaced` when it is to store it the next time. A journal
  /// in memory keeps its checkpoints in memory.
  [[nodiscard]] auto subscribe(const subscribe_options& options, event_handler handler)
      -> result<subscription>;

  /// The checkpoints of subscriptions, by log and name, those too that no subscription has now. Errors:
  /// `runtime_errc::stopped`; those of `open_lmdb_read_store` and of the read store's reads.
  [[nodiscard]] auto checkpoints() const -> result<std::vector<stored_checkpoint>>;
  /// Forgets a checkpoint: who subscribes under its name begins at `from`. Errors: `runtime_errc::checkpoint_in_use`,
  /// `unknown_checkpoint`, `stopped`; `read_store_errc::invalid`, `too_large` for its name; those of
  /// `open_lmdb_read_store` and of the read store's writes.
  [[nodiscard]] auto drop_checkpoint(const std::string& name, log_id log = {}) -> result<void>;

  /// As `add_subscriber`, while the runtime runs. Errors: `runtime_errc::duplicate_type`, `stopped`;
  /// `config_errc::out_of_range`; those of `describe_subscriber`.
  template <subscribable T, handles_messages_of<T> Handler>
  [[nodiscard]] auto subscribe(std::string_view name, Handler handler, const subscriber_options& how = {})
      -> result<void> {
    return subscribe(describe_subscriber<T>(name, std::move(handler)), how);
  }
  [[nodiscard]] auto subscribe(result<subscriber_type> type, const subscriber_options& how) -> result<void>;

  /// Ends a subscriber for good, and says 0 when that is durable: what its handlers are at is finished, what it was
  /// not given yet is forgotten, its dead letters stay. Errors: `runtime_errc::unknown_subscriber`, `stopped`.
  auto unsubscribe(std::string_view subscriber) -> pending<std::uint64_t>;

  /// How a subscriber does. Errors: `runtime_errc::unknown_subscriber`.
  [[nodiscard]] auto subscriber_status_of(std::string_view subscriber) const -> result<subscriber_status>;
  /// How all do, by name.
  [[nodiscard]] auto subscribers() const -> std::vector<subscriber_status>;

  /// Lets a subscriber stand where it is, also over restarts, until it is resumed, and says 0 when that is durable; one
  /// that has failed tries again when it is resumed. Errors: `runtime_errc::unknown_subscriber`, `stopped`,
  /// `overloaded`.
  auto pause_subscriber(std::string_view subscriber) -> pending<std::uint64_t>;
  auto resume_subscriber(std::string_view subscriber) -> pending<std::uint64_t>;

  /// What subscribers went on without: messages. Errors: those of `list_dead_letters`; `runtime_errc::stopped`.
  [[nodiscard]] auto dead_letters(const dead_letter_query& query = {}) const -> result<dead_letter_page>;
  /// Delivers dead letters again, as if they were new, and says how many; they are on the list until they come through.
  /// Those that are not there, or are tried already, are passed over, as are those past `parked_max`.
  /// Errors: `runtime_errc::unknown_subscriber`, `stopped`, `overloaded`.
  auto retry_dead_letters(std::string_view subscriber, std::vector<log_offset> offsets)
      -> pending<std::uint64_t>;
  /// Gives dead letters up for good, 256 at a time at the most, and says how many. The reason is kept.
  /// Errors: as above.
  auto drop_dead_letters(std::string_view subscriber, std::vector<log_offset> offsets, std::string reason)
      -> pending<std::uint64_t>;

  /// The commands that were given up: of timers that nobody handles, under which their aggregates die, or whose
  /// streams are closed. Errors: those of `list_dead_commands`; `runtime_errc::stopped`.
  [[nodiscard]] auto dead_commands(const dead_command_query& query = {}) const -> result<dead_command_page>;
  /// Sends commands that were given up once more, and says how many: each is a timer from then on that is due at once,
  /// and a dead letter of the same id if it is given up again. Those that are not there are passed over.
  /// Errors: `runtime_errc::stopped`; what the journal says.
  auto retry_dead_commands(std::vector<uuid> ids) -> pending<std::uint64_t>;
  /// Gives them up for good, and says how many. The reason is kept. Errors: as above.
  auto drop_dead_commands(std::vector<uuid> ids, std::string reason) -> pending<std::uint64_t>;

  /// Changes a stream by hand: puts an event behind it, truncates it, or closes it for good. The answer, always exactly
  /// one, is given after the step is durable. A nil command id is replaced by a new one. An aggregate of the stream
  /// decides its next command on what the stream holds then. While the journal is away it waits; sent again under its
  /// command id it is taken once. Errors: of an event that the stream's aggregate could not read, as of
  /// `check_readable`; those of `outcome_of`; `journal_errc::storage_full`; `runtime_errc::overloaded`, `stopped`.
  auto change_stream(stream_step step) -> pending<stream_step_outcome>;

  /// How a projection does. Errors: `runtime_errc::unknown_projection`.
  [[nodiscard]] auto projection_status_of(std::string_view projection) const -> result<projection_status>;
  /// How all do, by name.
  [[nodiscard]] auto projections() const -> std::vector<projection_status>;

  /// A hash of the rows of a projection that serve, from one snapshot of them. It reads all of them, on this thread.
  /// Errors: `runtime_errc::unknown_projection`, `stopped`; those of `read_store::view` and of its reads.
  [[nodiscard]] auto projection_digest_of(std::string_view projection) const -> result<projection_digest>;

  /// Lets a projection stand where it is, also over restarts, until it is resumed; one that has failed tries again when
  /// it is resumed. It is told, and follows soon. Errors: `runtime_errc::unknown_projection`, `stopped`; those of
  /// `read_store::set_mode`.
  [[nodiscard]] auto pause_projection(std::string_view projection) -> result<void>;
  [[nodiscard]] auto resume_projection(std::string_view projection) -> result<void>;

  /// Makes a projection's rows anew, beside those that it has. These serve, and go on being made, until the new ones
  /// have caught up, and are then replaced at once. A rebuild is noted before this returns and outlives the program; of
  /// a projection that is paused it begins when that is resumed; one that goes on is begun afresh. `how.from` replays a
  /// part: the rows will be of the events behind it and of no others. A projection whose version is another one than
  /// that of its rows is rebuilt by itself, at the start. `projection_status::rebuild` says how far it is.
  /// Errors: `runtime_errc::unknown_projection`, `stopped`, `beyond_the_log`; those of `read_store::begin_build`.
  [[nodiscard]] auto rebuild_projection(std::string_view projection, const rebuild_options& how = {})
      -> result<void>;
  /// Drops what a rebuild has made; the rows that serve stay. One that is necessary begins again.
  /// Errors: `runtime_errc::unknown_projection`, `stopped`; those of `read_store::abandon_build`.
  [[nodiscard]] auto abandon_rebuild(std::string_view projection) -> result<void>;

  /// For reads of any kind. REQUIRES: not shut down; the reference is valid until then.
  [[nodiscard]] auto journal() const -> const journal_reader&;

  [[nodiscard]] auto stats() const -> runtime_stats;
  [[nodiscard]] auto measures() const -> runtime_measures;

  /// Whether the node works. Errors: why it gave up: a part of it died too often, or the journal was lost for good.
  /// Every command is then answered with the same; shut it down and open it again.
  [[nodiscard]] auto health() const -> result<void>;

  /// Refuses new commands and queries, waits for the commands under way, stops the actors and closes the journal.
  /// Commands that are not answered within `drain_timeout` are answered `stopped`, as are queries then; so it takes
  /// twice that time at most, whatever hangs.
  /// Another call waits for the first and gives its result.
  /// Errors: `runtime_errc::drain_timed_out`: something did not end in time and was left behind.
  auto shutdown() -> result<void>;

  /// What `shutdown` gave up; all zero before.
  [[nodiscard]] auto given_up() const -> shutdown_report;

private:
  friend class deterministic_runtime;
  explicit runtime(std::shared_ptr<runtime_core> core);

  auto dispatch_encoded(std::string_view aggregate_type, std::string_view key,
                        result<encoded_message> command, const dispatch_options& options) -> pending<receipt>;
  auto publish_encoded(std::string_view topic, result<encoded_message> message,
                       const publish_options& options) -> pending<published>;
  auto change_timer(std::string_view aggregate_type, std::string_view key, const timer_wish& wish,
                    const dispatch_options& options) -> pending<receipt>;
  auto start_encoded(std::string_view saga, result<encoded_message> event, const dispatch_options& options)
      -> pending<receipt>;
  auto tell_saga(std::string_view saga, std::string_view key, result<encoded_message> wish,
                 const dispatch_options& options) -> pending<receipt>;
  void ask(std::string_view query, std::any question, const query_options& options,
           std::function<void(result<std::any>)> tell);
  [[nodiscard]] auto replay(std::string_view aggregate_type, std::string_view key,
                            aggregate_instance& into) const -> result<stream_version>;

  std::shared_ptr<runtime_core> core_;
};

} // namespace tusker
