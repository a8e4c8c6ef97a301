#include <tusker/admin/metrics_text.hpp>

#include <tusker/admin/metric_families.hpp>
#include <tusker/admin/phase_names.hpp>
#include <tusker/cli/program_version.hpp>

#include <prometheus/text_serializer.h>

namespace tusker {

namespace {

constexpr double microseconds_per_second = 1e6;

auto seconds(std::chrono::milliseconds time) -> double {
  return std::chrono::duration<double>(time).count();
}

void add_answers(metric_families& to, const runtime_stats& stats) {
  to.counter("tusker_commands_total", "Commands by their answer.")
      .add(stats.executed, {{"result", "executed"}})
      .add(stats.repeated, {{"result", "repeated"}})
      .add(stats.rejected, {{"result", "rejected"}})
      .add(stats.timed_out, {{"result", "timed_out"}})
      .add(stats.overloaded, {{"result", "overloaded"}})
      .add(stats.stopped, {{"result", "stopped"}})
      .add(stats.failed, {{"result", "failed"}});
  to.counter("tusker_queries_total", "Queries by their answer.")
      .add(stats.queries_answered, {{"result", "answered"}})
      .add(stats.queries_timed_out, {{"result", "timed_out"}})
      .add(stats.queries_overloaded, {{"result", "overloaded"}})
      .add(stats.queries_stopped, {{"result", "stopped"}})
      .add(stats.queries_failed, {{"result", "failed"}});
  to.counter("tusker_publishes_total", "Messages that were published by a caller, by their answer.")
      .add(stats.published_first, {{"result", "published"}})
      .add(stats.published_repeated, {{"result", "repeated"}})
      .add(stats.publishes_timed_out, {{"result", "timed_out"}})
      .add(stats.publishes_overloaded, {{"result", "overloaded"}})
      .add(stats.publishes_stopped, {{"result", "stopped"}})
      .add(stats.publishes_failed, {{"result", "failed"}});
}

void add_journal(metric_families& to, const node_numbers& numbers) {
  auto events = to.counter("events_appended_total", "Events made durable, by the type of their aggregate.");
  for (const auto& [type, count] : numbers.measures.events_by_type)
    events.add(count, {{"aggregate_type", type}});
  to.histogram("tusker_command_duration_seconds", "From the dispatch of a command to its answer.",
               numbers.measures.command_latency, microseconds_per_second);
  to.histogram("tusker_commit_duration_seconds", "One commit of the journal with its flush to the disk.",
               numbers.measures.commit_time, microseconds_per_second);
  to.histogram("tusker_commit_steps", "Steps in one commit: the size of the batch.",
               numbers.measures.batch_items, 1);
  to.counter("tusker_commits_total", "Commits that made something durable.").add(numbers.stats.commits);
  if (!numbers.storage)
    return;
  const auto& storage = *numbers.storage;
  to.gauge("tusker_map_bytes", "Address space taken for the journal's file.").add(storage.map_bytes);
  to.gauge("tusker_map_used_bytes", "Of the map in use, or once used and used again.")
      .add(storage.used_bytes);
  to.gauge("tusker_unapplied_bytes", "Of rows that are durable in the commit log and not yet in the map.")
      .add(storage.unapplied_bytes);
  to.gauge("tusker_readers", "Reads of the journal that are open, over all processes.").add(storage.readers);
  to.gauge("tusker_readers_max", "The most reads that may be open.").add(storage.readers_max);
  to.gauge("tusker_oldest_reader_commits",
           "Commits since the snapshot of the oldest reader of all processes.")
      .add(storage.oldest_reader_commits);
  to.gauge("tusker_oldest_read_seconds", "How long the oldest read of this process has gone on.")
      .add(seconds(storage.oldest_read));
  to.counter("tusker_long_reads_total", "Reads that took longer than they should.").add(storage.long_reads);
}

void add_actors(metric_families& to, const runtime_stats& stats) {
  to.gauge("tusker_live_actors", "Aggregates in memory.").add(stats.live_aggregates);
  to.gauge("tusker_recovering_actors", "Aggregates that are read from their streams, or wait for it.")
      .add(stats.recovering);
  to.gauge("tusker_mailbox_depth", "What waits, by where: commands with routers, steps for the next commit, "
                                   "queries for rows, due timers, calls of sagas.")
      .add(stats.commands_in_routers, {{"of", "commands"}})
      .add(stats.items_waiting, {{"of", "journal"}})
      .add(stats.queries_waiting, {{"of", "queries"}})
      .add(stats.timers_in_flight, {{"of", "timers"}})
      .add(stats.calls_in_flight, {{"of", "calls"}});
  to.counter("tusker_recoveries_total", "How often an aggregate was loaded from its stream.")
      .add(stats.recoveries);
  to.counter("tusker_passivations_total", "How often an aggregate left memory.").add(stats.passivations);
  to.counter("tusker_crashes_total", "How often an aggregate's actor died.").add(stats.crashes);
  to.counter("tusker_restarts_total", "How often a part of the node was started again.")
      .add(stats.router_restarts, {{"part", "router"}})
      .add(stats.journal_restarts, {{"part", "journal"}})
      .add(stats.dispatcher_restarts, {{"part", "dispatcher"}})
      .add(stats.query_worker_restarts, {{"part", "query_worker"}})
      .add(stats.publisher_restarts, {{"part", "publisher"}})
      .add(stats.outbox_restarts, {{"part", "outbox"}})
      .add(stats.timer_restarts, {{"part", "timer"}})
      .add(stats.caller_restarts, {{"part", "caller"}});
  to.counter("tusker_late_answers_total",
             "Answers that came when their caller had been told it was too late.")
      .add(stats.late_answers, {{"of", "commands"}})
      .add(stats.late_query_answers, {{"of", "queries"}});
}

void add_projections(metric_families& to, const node_numbers& numbers) {
  if (numbers.projections.empty())
    return;
  auto position = to.gauge("tusker_projection_position", "Events up to here are in the rows.");
  for (const auto& each : numbers.projections)
    position.add(each.position.value(), {{"projection", each.name}});
  auto lag = to.gauge("tusker_projection_lag_events", "Events of the log that it has not looked at.");
  for (const auto& each : numbers.projections)
    lag.add(each.lag(), {{"projection", each.name}});
  auto age = to.gauge("tusker_projection_progress_age_seconds", "How long ago it has committed rows.");
  for (const auto& each : numbers.projections)
    if (auto since = progress_age(each, numbers.now))
      age.add(seconds(*since), {{"projection", each.name}});
  auto events =
      to.counter("tusker_projection_events_total", "Events that it has made rows of since the start.");
  for (const auto& each : numbers.projections)
    events.add(each.events, {{"projection", each.name}});
  auto phases = to.gauge("tusker_projection_phase", "1 for the phase in which it is.");
  for (const auto& each : numbers.projections)
    for (auto phase : projection_phase_names)
      phases.add(phase == phase_name(each.phase) ? 1 : 0, {{"projection", each.name}, {"phase", phase}});
}

void add_subscribers(metric_families& to, const node_numbers& numbers) {
  if (numbers.subscribers.empty())
    return;
  auto lag = to.gauge("tusker_subscriber_lag_events", "Events of the log that it has not passed.");
  for (const auto& each : numbers.subscribers)
    lag.add(each.head > each.position ? each.head.value() - each.position.value() : 0,
            {{"subscriber", each.name}});
  auto handled = to.counter("tusker_subscriber_handled_total", "Messages that its handler took.");
  for (const auto& each : numbers.subscribers)
    handled.add(each.handled, {{"subscriber", each.name}});
  auto parked = to.gauge("tusker_subscriber_parked", "Messages that wait for another attempt.");
  for (const auto& each : numbers.subscribers)
    parked.add(each.parked, {{"subscriber", each.name}});
  auto phases = to.gauge("tusker_subscriber_phase", "1 for the phase in which it is.");
  for (const auto& each : numbers.subscribers)
    for (auto phase : subscriber_phase_names)
      phases.add(phase == phase_name(each.phase) ? 1 : 0, {{"subscriber", each.name}, {"phase", phase}});
}

void add_failures(metric_families& to, const node_numbers& numbers) {
  const auto& stats = numbers.stats;
  std::uint64_t attempts = 0;
  for (const auto& each : numbers.subscribers)
    attempts += each.failed_attempts;
  to.counter("tusker_retries_total", "What failed and was, or is, to be tried again.")
      .add(attempts, {{"of", "messages"}})
      .add(stats.timers_retried, {{"of", "timers"}})
      .add(stats.calls_retried, {{"of", "calls"}})
      .add(stats.redelivered, {{"of", "commands"}});
  to.counter("tusker_given_up_total", "What was given up since the start.")
      .add(stats.timers_given_up, {{"of", "timers"}})
      .add(stats.calls_given_up, {{"of", "calls"}});
  to.counter("tusker_timers_fired_total", "Timers whose command was carried out.").add(stats.timers_fired);
  to.counter("tusker_saga_calls_total", "Commands that were sent for sagas.").add(stats.calls_sent);
}

void add_counts(metric_families& to, const node_numbers& numbers) {
  if (!numbers.counts_age)
    return;
  to.gauge("tusker_counts_age_seconds", "How old the numbers of sagas and dead letters are.")
      .add(seconds(*numbers.counts_age));
  auto letters =
      to.gauge("tusker_dead_letters", "Messages and commands that were given up and wait for somebody.");
  for (const auto& [origin, count] : numbers.counts.dead_letters)
    letters.add(count, {{"origin", origin}});
  if (numbers.counts.sagas.empty())
    return;
  auto sagas = to.gauge("tusker_sagas", "Instances of sagas, by where they stand.");
  for (const auto& [saga, phases] : numbers.counts.sagas)
    for (const auto& [phase, count] : phases)
      sagas.add(count, {{"saga", saga}, {"phase", name_of(phase)}});
}

} // namespace

auto metrics_text(const node_numbers& numbers) -> std::string {
  metric_families families;
  families.gauge("tusker_build_info", "1, with the version of the library.")
      .add(1, {{"version", cli::program_version}});
  families.gauge("tusker_up", "1 while the node works, 0 once it has given up.")
      .add(numbers.why_failed.empty() ? 1 : 0);
  families.gauge("tusker_uptime_seconds", "How long the endpoint has been there.")
      .add(seconds(numbers.uptime));
  add_journal(families, numbers);
  add_answers(families, numbers.stats);
  add_actors(families, numbers.stats);
  add_projections(families, numbers);
  add_subscribers(families, numbers);
  add_failures(families, numbers);
  add_counts(families, numbers);
  return prometheus::TextSerializer().Serialize(families.all());
}

} // namespace tusker
