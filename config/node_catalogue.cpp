#include <tusker/config/option_group.hpp>
#include <tusker/config/program_config.hpp>

namespace tusker {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using node_group = option_group<program_config, runtime_options>;

constexpr std::uint64_t mib = std::uint64_t{1} << 20U;
constexpr milliseconds none{0};
constexpr milliseconds hour = hours(1);
constexpr milliseconds day = hours(24);

auto node_of(program_config& config) -> runtime_options& {
  return config.node;
}
auto timer_retries_of(program_config& config) -> retry_policy& {
  return config.node.timer_retries;
}
auto call_retries_of(program_config& config) -> retry_policy& {
  return config.node.call_retries;
}

void add_commands(node_group node) {
  using options = runtime_options;
  node.count("commands_in_flight_max", &options::commands_in_flight_max, {1, 10'000'000},
             "Commands that are dispatched and not yet answered; past it a dispatch is answered `overloaded` "
             "at once.")
      .has_flag("--commands-max");
  node.count("commands_per_aggregate_max", &options::commands_per_aggregate_max, {1, 10'000'000},
             "The same for one aggregate.");
  node.bytes("command_bytes_max", &options::command_bytes_max, {1, 16 * mib},
             "A command or a message that is published, with its metadata.");
  node.time("latency_target", &options::latency_target, {none, hour},
            "When answers take longer, fewer commands are let in and the others are answered `overloaded`; "
            "0ms lets "
            "in `commands_in_flight_max` always.")
      .has_flag("--latency-target");
  node.time("dispatch_timeout", &options::dispatch_timeout, {milliseconds(1), day},
            "How long a dispatch waits for its answer unless it says otherwise.");
  node.count("decisions_max", &options::decisions_max, {1, 100},
             "How often a command is decided again when another writer of its stream came first.");
  node.count("redeliveries_max", &options::redeliveries_max, {0, 100},
             "How often a command is carried to its aggregate again when the journal was lost under it.");
  node.count(
      "queries_in_flight_max", &options::queries_in_flight_max, {1, 1'000'000},
      "Queries that are asked and not yet answered; past it a query is answered `overloaded` at once.");
  node.count("query_workers", &options::query_workers, {1, 64}, "Threads that answer queries.");
  node.time("query_timeout", &options::query_timeout, {milliseconds(1), day},
            "How long a query waits for its answer unless it says otherwise.");
}

void add_aggregates(node_group node) {
  using options = runtime_options;
  node.count("live_aggregates_max", &options::live_aggregates_max, {1, 100'000'000},
             "Aggregates of one type in memory; past it the one that was idle longest leaves.")
      .has_flag("--live-max");
  node.time("idle_passivation", &options::idle_passivation, {seconds(1), 365 * day},
            "Aggregates that nobody sent anything for so long leave memory.");
  node.count("recoveries_max", &options::recoveries_max, {1, 1'000'000},
             "Aggregates that may be reading their streams at one time.")
      .has_flag("--recoveries-max");
  node.count("routers_per_type", &options::routers_per_type, {0, 64},
             "Routers that share the aggregates of a type; 0: one a worker thread, 4 at the most.")
      .has_flag("--routers");
  node.count(
      "snapshot_every_events", &options::snapshot_every_events, {0, 1'000'000},
      "After so many events since its last snapshot an aggregate adds one to its next commit; 0: none.");
  node.count(
      "snapshot_on_passivation_events", &options::snapshot_on_passivation_events, {0, 1'000'000},
      "An aggregate that leaves memory takes a snapshot first after so many events since the last; 0: none.");
}

void add_threads_and_ends(node_group node) {
  using options = runtime_options;
  node.count("worker_threads", &options::worker_threads, {0, 1'024},
             "Threads that run aggregates; 0: one a core but one.")
      .has_flag("--worker-threads");
  node.count("messages_per_turn_max", &options::messages_per_turn_max, {1, 100'000},
             "Messages one actor handles before another has its turn.");
  node.count(
      "restarts_max", &options::restarts_max, {0, 1'000},
      "How often a part of the node is started again within `restart_window` before the node gives up.");
  node.time("restart_window", &options::restart_window, {seconds(1), day},
            "The time in which restarts are counted.");
  node.time("restart_delay", &options::restart_delay, {none, minutes(1)},
            "How long to wait before the first restart; the next ones wait twice as long each.");
  node.time("restart_delay_max", &options::restart_delay_max, {none, hour}, "No restart waits longer.")
      .is_not_below("restart_delay");
  node.time("drain_timeout", &options::drain_timeout, {milliseconds(1), hour},
            "How long the end waits for what is under way, and again for what hangs.")
      .has_flag("--drain-timeout");
}

} // namespace

void add_cqrs_options(option_catalogue<program_config>& catalogue) {
  catalogue.add_section("cqrs",
                        "The node: commands, queries, the aggregates in memory, its threads and its end.");
  node_group node(catalogue, "cqrs", node_of);
  add_commands(node);
  add_aggregates(node);
  add_threads_and_ends(node);
}

void add_event_driven_options(option_catalogue<program_config>& catalogue) {
  using options = runtime_options;
  catalogue.add_section("event_driven",
                        "What follows events: functions of the program that configure its parts before "
                        "the file does, and the limits of messages, timers and calls of sagas.");
  node_group node(catalogue, "event_driven", node_of);
  node.count("publishes_in_flight_max", &options::publishes_in_flight_max, {1, 1'000'000},
             "Messages that are being published and not yet answered; past it a publish is `overloaded`.");
  node.count("outbox_in_flight_max", &options::outbox_in_flight_max, {1, 100'000},
             "Outbox entries that are on their way to their topics at one time; others wait in the journal.");
  node.count(
      "timers_in_flight_max", &options::timers_in_flight_max, {1, 1'000'000},
      "Timers whose commands are under way at one time; what is due beyond that waits in the journal.");
  add_retry_options(option_group<program_config, retry_policy>(catalogue, "event_driven", timer_retries_of),
                    "timer_retry");
  node.count("calls_in_flight_max", &options::calls_in_flight_max, {1, 1'000'000},
             "Calls of sagas that are under way at one time; others wait in the journal.");
  add_retry_options(option_group<program_config, retry_policy>(catalogue, "event_driven", call_retries_of),
                    "call_retry");
}

} // namespace tusker
