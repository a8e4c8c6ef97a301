#pragma once

#include <tusker/config/aggregate_options.hpp>
#include <tusker/config/journal_options.hpp>
#include <tusker/config/log_record.hpp>
#include <tusker/config/read_store_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/retry_policy.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace tusker {

struct runtime_options {
  journal_options journal = {};
  /// Where projections keep their rows. Without a directory it is `read_store_folder` of the journal's; where that has
  /// none either, the rows are in memory. The journal's id is filled in. It is opened only if there are projections.
  read_store_options read_store = {};

  /// Threads that run aggregates, from 1 to 1,024; 0: one a core but one, at least 1.
  std::size_t worker_threads = 0;
  /// Messages one actor handles before another has its turn, from 1 to 100,000.
  std::size_t messages_per_turn_max = 200;

  /// Commands that are dispatched and not yet answered, over all aggregates. Past it a dispatch is answered
  /// `runtime_errc::overloaded` at once. From 1 to 10,000,000.
  std::size_t commands_in_flight_max = 10'000;
  /// The same for one aggregate. From 1 to 10,000,000.
  std::size_t commands_per_aggregate_max = 1'000;
  /// A command or a message that is published, with its metadata, in bytes. From 1 to 16 MiB.
  std::size_t command_bytes_max = std::size_t{1} << 20U;
  /// Aggregates of one type in memory. Past it the one that was idle longest leaves; it is loaded again when it is
  /// needed. From 1 to 100,000,000; some 2 kB each besides the state.
  std::size_t live_aggregates_max = 100'000;
  /// Aggregates that nobody sent anything for so long leave memory. From 1 s to 365 days.
  std::chrono::milliseconds idle_passivation{std::chrono::minutes(10)};
  /// Aggregates, over all types, that may be reading their streams at one time; others wait, so that a stampede of them
  /// does not keep those that are in memory from their commands. From 1 to 1,000,000.
  std::size_t recoveries_max = 64;
  /// Routers that share the aggregates of a type, from 1 to 64; 0 takes one per worker thread, 4 at the most.
  std::size_t routers_per_type = 0;
  /// After so many events since its last snapshot an aggregate adds one to its next commit; 0 takes none. It takes a
  /// state that declares itself (`tusker::snapshot`). From 0 to 1,000,000.
  std::size_t snapshot_every_events = 100;
  /// An aggregate that leaves memory takes a snapshot first if so many events have come since the last; 0 takes none.
  /// From 0 to 1,000,000.
  std::size_t snapshot_on_passivation_events = 20;
  /// Aggregate types, by name, that are kept in memory in ways of their own. Of types that the node does not host they
  /// mean nothing.
  std::map<std::string, aggregate_options, std::less<>> aggregates = {};

  /// How often a part of the node (a router, the journal actor, the dispatcher) is started again within
  /// `restart_window` before the node gives up. From 0 to 1,000.
  std::size_t restarts_max = 5;
  /// From 1 s to 1 day.
  std::chrono::milliseconds restart_window{std::chrono::minutes(1)};
  /// How long to wait before the first restart; the next ones wait twice as long each. From 0 to 1 minute.
  std::chrono::milliseconds restart_delay{100};
  /// No restart waits longer. From `restart_delay` to 1 hour.
  std::chrono::milliseconds restart_delay_max{std::chrono::seconds(10)};
  /// How long the node goes on trying to open a journal again that it lost, before it gives up; meanwhile commands wait
  /// for it until their deadlines. From 0 to 1 day.
  std::chrono::milliseconds journal_reopen_for{std::chrono::minutes(5)};
  /// How often a command is carried to its aggregate again when the journal was lost under it; its command id makes
  /// sure that it has its effect once. From 0 to 100.
  std::size_t redeliveries_max = 3;

  /// The latency that admission keeps to under overload: when answers take longer, fewer commands are let in, and the
  /// others are answered `overloaded` at once. 0 lets in `commands_in_flight_max` always. From 0 to 1 hour.
  std::chrono::milliseconds latency_target{0};

  /// How long a dispatch waits for its answer unless it says otherwise. From 1 ms to 1 day.
  std::chrono::milliseconds dispatch_timeout{std::chrono::seconds(30)};
  /// How often a command with expected version `any` is decided again when another writer of its stream came first.
  /// From 1 to 100.
  std::size_t decisions_max = 5;

  /// Items in one commit, from 1 to 4,096.
  std::size_t batch_items_max = 1'024;
  /// Bytes of events in one commit, from 64 KiB to 64 MiB; one item may go past it alone.
  std::size_t batch_bytes_max = std::size_t{4} << 20U;

  /// Queries that are asked and not yet answered, those that wait for rows among them. Past it a query is answered
  /// `runtime_errc::overloaded` at once. From 1 to 1,000,000.
  std::size_t queries_in_flight_max = 1'000;
  /// Threads that answer queries, from 1 to 64. A handler that takes long keeps one of them.
  std::size_t query_workers = 2;
  /// How long a query waits for its answer unless it says otherwise. From 1 ms to 1 day.
  std::chrono::milliseconds query_timeout{std::chrono::seconds(10)};

  /// Messages that are being published and not yet answered. Past it a publish is answered `runtime_errc::overloaded`
  /// at once. From 1 to 1,000,000.
  std::size_t publishes_in_flight_max = 1'000;
  /// Outbox entries that are on their way to their topics at one time; others wait in the journal. From 1 to 100,000.
  std::size_t outbox_in_flight_max = 1'000;

  /// Timers whose commands are under way at one time; what is due beyond that waits in the journal. They also need a
  /// place among `commands_in_flight_max`. From 1 to 1,000,000.
  std::size_t timers_in_flight_max = 1'000;
  /// How often the command of a timer is sent when it fails for reasons of its own (nobody handles it, its aggregate
  /// dies under it), and when it is sent again; one that found no room or no journal is sent for as long as it takes.
  /// Delays from 1 ms to 1 day, a factor from 1 to 100, a jitter from 0 to 1, attempts from 1 to 1,000,000.
  retry_policy timer_retries = {};

  /// Calls of sagas that are under way at one time; others wait in the journal. They also need a place among
  /// `commands_in_flight_max`. From 1 to 1,000,000.
  std::size_t calls_in_flight_max = 1'000;
  /// How often the command of a call is sent that fails for reasons of its own, before its saga is told so, and when;
  /// one that found no room or no journal is sent for as long as it takes. As `timer_retries`.
  retry_policy call_retries = {};

  /// How long `shutdown` waits for commands under way, and then again for actors to end. From 1 ms to 1 hour.
  std::chrono::milliseconds drain_timeout{std::chrono::seconds(10)};

  /// Is told of what an operator wants to know when it happens: parts that die and are started again, a journal that is
  /// lost and opened again, what was given up, what is stuck. Called from the node's threads, several at a time; it
  /// outlives the node, and must not wait for it. What is told is rare: no command that goes well tells anything.
  log_sink log = {};
};

/// How the aggregates of a type are kept in memory.
[[nodiscard]] auto options_of(const runtime_options& options, std::string_view aggregate)
    -> aggregate_options;

/// A dispatch may wait from 1 ms to 1 day. Errors: `config_errc::out_of_range` with the option's name.
[[nodiscard]] auto check_dispatch_timeout(std::string_view option, std::chrono::milliseconds timeout)
    -> result<void>;

/// Of all but `journal`. Errors: `config_errc::out_of_range` with the option's name.
[[nodiscard]] auto check_limits(const runtime_options& options) -> result<void>;

/// Errors: `config_errc::out_of_range`, `config_errc::missing`, with the option's name.
[[nodiscard]] auto check(const runtime_options& options) -> result<void>;

} // namespace tusker
