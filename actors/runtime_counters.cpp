#include <tusker/actors/runtime_counters.hpp>

#include <tusker/actors/runtime_errc.hpp>

namespace tusker {

void runtime_counters::count(const result<receipt>& answer) {
  if (answer) {
    ++(answer->kind == receipt_kind::first ? executed : repeated);
    return;
  }
  auto code = answer.error().code();
  if (code == runtime_errc::rejected)
    ++rejected;
  else if (code == runtime_errc::timed_out)
    ++timed_out;
  else if (code == runtime_errc::overloaded)
    ++overloaded;
  else if (code == runtime_errc::stopped)
    ++stopped;
  else
    ++failed;
}

void runtime_counters::count_live() {
  auto live = ++live_aggregates;
  auto peak = peak_live_aggregates.load();
  while (live > peak && !peak_live_aggregates.compare_exchange_weak(peak, live)) {
  }
}

void runtime_counters::count_query(std::error_code code) {
  if (!code)
    ++queries_answered;
  else if (code == runtime_errc::timed_out)
    ++queries_timed_out;
  else if (code == runtime_errc::overloaded)
    ++queries_overloaded;
  else if (code == runtime_errc::stopped)
    ++queries_stopped;
  else
    ++queries_failed;
}

void runtime_counters::count_publish(const result<published>& answer) {
  if (answer) {
    ++(answer->kind == receipt_kind::first ? published_first : published_repeated);
    return;
  }
  auto code = answer.error().code();
  if (code == runtime_errc::timed_out)
    ++publishes_timed_out;
  else if (code == runtime_errc::overloaded)
    ++publishes_overloaded;
  else if (code == runtime_errc::stopped)
    ++publishes_stopped;
  else
    ++publishes_failed;
}

auto runtime_counters::snapshot() const -> runtime_stats {
  runtime_stats stats;
  stats.dispatched = dispatched;
  stats.executed = executed;
  stats.repeated = repeated;
  stats.rejected = rejected;
  stats.timed_out = timed_out;
  stats.overloaded = overloaded;
  stats.failed = failed;
  stats.commits = commits;
  stats.items = items;
  stats.events = events;
  stats.live_aggregates = live_aggregates;
  stats.peak_live_aggregates = peak_live_aggregates;
  stats.recoveries = recoveries;
  stats.passivations = passivations;
  stats.crashes = crashes;
  stats.decided_again = decided_again;
  stats.recovering = recovering;
  stats.passivating = passivating;
  stats.commands_in_routers = commands_in_routers;
  stats.snapshots_taken = snapshots_taken;
  stats.snapshots_passed_over = snapshots_passed_over;
  stats.redelivered = redelivered;
  stats.stopped = stopped;
  stats.router_restarts = router_restarts;
  stats.journal_restarts = journal_restarts;
  stats.dispatcher_restarts = dispatcher_restarts;
  stats.items_waiting = items_waiting;
  stats.late_answers = late_answers;
  stats.long_reads = long_reads;
  stats.oldest_reader_commits = oldest_reader_commits;
  stats.stale_readers = stale_readers;
  stats.queries = queries;
  stats.queries_answered = queries_answered;
  stats.queries_timed_out = queries_timed_out;
  stats.queries_overloaded = queries_overloaded;
  stats.queries_stopped = queries_stopped;
  stats.queries_failed = queries_failed;
  stats.queries_waiting = queries_waiting;
  stats.query_worker_restarts = query_worker_restarts;
  stats.late_query_answers = late_query_answers;
  stats.publishes = publishes;
  stats.published_first = published_first;
  stats.published_repeated = published_repeated;
  stats.publishes_timed_out = publishes_timed_out;
  stats.publishes_overloaded = publishes_overloaded;
  stats.publishes_stopped = publishes_stopped;
  stats.publishes_failed = publishes_failed;
  stats.outbox_published = outbox_published;
  stats.outbox_stuck = outbox_stuck;
  stats.publisher_restarts = publisher_restarts;
  stats.outbox_restarts = outbox_restarts;
  stats.timers_in_flight = timers_in_flight;
  stats.timers_fired = timers_fired;
  stats.timers_gone = timers_gone;
  stats.timers_retried = timers_retried;
  stats.timers_given_up = timers_given_up;
  stats.timer_restarts = timer_restarts;
  stats.calls_in_flight = calls_in_flight;
  stats.calls_sent = calls_sent;
  stats.calls_retried = calls_retried;
  stats.calls_given_up = calls_given_up;
  stats.caller_restarts = caller_restarts;
  return stats;
}

} // namespace tusker
