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
  else
    ++failed;
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
  stats.recoveries = recoveries;
  stats.passivations = passivations;
  stats.crashes = crashes;
  stats.decided_again = decided_again;
  stats.late_answers = late_answers;
  return stats;
}

} // namespace tusker
