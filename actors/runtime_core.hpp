#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/command_book.hpp>
#include <tusker/actors/command_bus.hpp>
#include <tusker/actors/command_gate.hpp>
#include <tusker/actors/delivery_host.hpp>
#include <tusker/actors/dispatch_options.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/node_system.hpp>
#include <tusker/actors/pending.hpp>
#include <tusker/actors/pending_timer.hpp>
#include <tusker/actors/projection_digest.hpp>
#include <tusker/actors/projection_host.hpp>
#include <tusker/actors/query_host.hpp>
#include <tusker/actors/saga_board.hpp>
#include <tusker/actors/saga_host.hpp>
#include <tusker/actors/shutdown_report.hpp>
#include <tusker/actors/subscription_core.hpp>
#include <tusker/actors/timer_failures.hpp>
#include <tusker/actors/topic_host.hpp>
#include <tusker/config/runtime_options.hpp>
#include <tusker/model/receipt.hpp>
#include <tusker/model/timer_change.hpp>
#include <tusker/persistence/checkpoint_entry.hpp>
#include <tusker/persistence/journal.hpp>
#include <tusker/persistence/read_store.hpp>
#include <tusker/persistence/saga_look.hpp>
#include <tusker/persistence/stream_steps.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// What a runtime is made of.
struct runtime_parts {
  runtime_options options;
  std::shared_ptr<journal> engine;
  std::shared_ptr<const wall_clock> clock; ///< The node's own follows it, and never goes back.
  scheduling how = scheduling::threads;
  /// What projections write to; null makes them one as the options say.
  std::shared_ptr<tusker::read_store> rows = {};
};

/// The node behind `runtime`: makes the actors, brings commands to them, and ends them.
class runtime_core {
public:
  explicit runtime_core(runtime_parts parts);
  runtime_core(const runtime_core&) = delete;
  auto operator=(const runtime_core&) -> runtime_core& = delete;
  ~runtime_core();

  // As in `runtime`.
  void add(aggregate_type type);
  void add_projection(result<projection_type> type, const projection_options& options);
  void add_query(std::string_view projection, query_handler handler);
  void add_subscriber(result<subscriber_type> type, const subscriber_options& options);
  [[nodiscard]] auto subscribe(result<subscriber_type> type, const subscriber_options& options)
      -> result<void>;
  void add_topic(topic_type type);
  void add_saga(result<saga_type> type, const saga_options& options);
  auto start_saga(std::string_view saga, result<encoded_message> event, const dispatch_options& options)
      -> pending<receipt>;
  auto tell_saga(std::string_view saga, std::string_view key, result<encoded_message> wish,
                 const dispatch_options& options) -> pending<receipt>;
  auto await_saga(std::string_view saga, std::string_view key, std::chrono::milliseconds timeout)
      -> pending<saga_look>;
  [[nodiscard]] auto saga_of(std::string_view saga, std::string_view key) const
      -> result<std::optional<saga_look>>;
  [[nodiscard]] auto sagas(const saga_query& query) const -> result<saga_page>;
  [[nodiscard]] auto start() -> result<void>;
  auto dispatch(std::string_view aggregate, std::string_view key, result<encoded_message> command,
                const dispatch_options& options) -> pending<receipt>;
  auto change_timer(std::string_view aggregate, std::string_view key, const timer_wish& wish,
                    const dispatch_options& options) -> pending<receipt>;
  [[nodiscard]] auto timers(const timer_range& range) const -> result<std::vector<pending_timer>>;
  [[nodiscard]] auto subscribe(const subscribe_options& options, event_handler handler)
      -> result<subscription>;
  [[nodiscard]] auto checkpoints() -> result<std::vector<stored_checkpoint>>;
  [[nodiscard]] auto drop_checkpoint(const std::string& name, log_id log) -> result<void>;
  [[nodiscard]] auto shutdown() -> result<void>;
  [[nodiscard]] auto given_up() const -> shutdown_report;
  /// Null after the shutdown.
  [[nodiscard]] auto reader() const -> std::shared_ptr<const journal_reader>;
  [[nodiscard]] auto stats() const -> runtime_stats { return counters_->snapshot(); }
  [[nodiscard]] auto measures() const -> runtime_measures { return counters_->gauges.read(); }
  [[nodiscard]] auto health() const -> result<void>;

  [[nodiscard]] auto projections() -> projection_host& { return projections_; }
  [[nodiscard]] auto queries() -> query_host& { return queries_; }
  [[nodiscard]] auto deliveries() -> delivery_host& { return deliveries_; }
  [[nodiscard]] auto topics() -> topic_host& { return topics_; }
  [[nodiscard]] auto rows_of(std::string_view projection) const -> result<read_rows>;
  [[nodiscard]] auto digest_of_rows(std::string_view projection) const -> result<projection_digest>;
  auto change_stream(stream_step step) -> pending<stream_step_outcome>;

  /// Lets a part of the node die. REQUIRES: started, and not shut down.
  void crash(const node_part& part);

  /// REQUIRES: deterministic scheduling, and not shut down.
  [[nodiscard]] auto coordinator() -> caf::scheduler::test_coordinator& { return node_->coordinator(); }

private:
  enum class phase { adding, running, stopped };

  /// Keeps the runtime from ending. Errors: `runtime_errc::stopped`.
  [[nodiscard]] auto hold_running() const -> result<std::unique_lock<std::mutex>>;
  /// Where the projection's rows are. Errors: those of `projection_host::find`; `runtime_errc::stopped`.
  [[nodiscard]] auto store_of(std::string_view projection) const -> result<std::shared_ptr<const read_store>>;
  [[nodiscard]] auto claim_all_shards() -> result<std::vector<epoch>>;
  [[nodiscard]] auto start_of(const subscribe_options& options) const -> result<log_offset>;
  [[nodiscard]] auto claim_checkpoint(const subscribe_options& options, log_offset start)
      -> result<std::optional<subscription_core::kept_checkpoint>>;
  [[nodiscard]] auto is_in_use(const std::string& checkpoint, log_id log) const -> bool;
  static void watch_listener(const listener_actor& listener, const std::shared_ptr<subscription_core>& core);
  void watch_supervisor();
  void spawn_actors(std::shared_ptr<const node_context> context);
  [[nodiscard]] auto envelope_for(std::string_view aggregate, std::string_view key,
                                  result<encoded_message> command, const dispatch_options& options) const
      -> result<command_envelope>;
  [[nodiscard]] auto envelope_for_timer(std::string_view aggregate, std::string_view key,
                                        const timer_wish& wish, const dispatch_options& options) const
      -> result<command_envelope>;
  auto send(result<command_envelope>&& envelope, const dispatch_options& options) -> pending<receipt>;
  [[nodiscard]] auto new_command_id(const dispatch_options& options) const -> command_id;
  [[nodiscard]] auto check_dispatch(const encoded_message& command, const dispatch_options& options) const
      -> result<void>;
  [[nodiscard]] auto answered(error why) -> pending<receipt>;
  [[nodiscard]] auto find_saga(std::string_view saga) const -> result<std::shared_ptr<const saga_type>>;
  [[nodiscard]] auto full_error() const -> error;
  void end_node(std::chrono::steady_clock::time_point drain_until);
  void drain(std::chrono::steady_clock::time_point until);
  void stop_actors();
  void leave_behind(std::size_t actors);
  void close_journal();

  runtime_parts parts_;
  std::shared_ptr<runtime_counters> counters_;
  std::shared_ptr<command_gate> gate_;
  command_bus bus_;
  projection_host projections_;
  query_host queries_;
  delivery_host deliveries_;
  std::optional<error> fault_; ///< The first thing that was wrong with a type that was added.
  mutable std::mutex life_;    ///< Held by `add`, `start` and `shutdown`: one at a time.
  phase phase_ = phase::adding;
  std::shared_ptr<command_book> book_;
  topic_host topics_;
  saga_types sagas_;
  std::shared_ptr<saga_board> saga_board_ = std::make_shared<saga_board>();
  std::shared_ptr<timer_failures> timer_failures_ = std::make_shared<timer_failures>();
  mutable std::shared_mutex engine_mutex_; ///< Guards the engine against its end.
  std::unique_ptr<node_system> node_;
  std::shared_ptr<const node_context> context_; ///< While it runs.
  std::vector<std::weak_ptr<subscription_core>> subscriptions_;
  supervisor_actor supervisor_;
  std::atomic<bool> is_ending_ = false; ///< A shutdown has begun.
  shutdown_report given_up_;
  result<void> ended_; ///< What the shutdown came to.
};

} // namespace tusker
