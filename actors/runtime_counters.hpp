#pragma once

#include <tusker/actors/runtime_measures.hpp>
#include <tusker/actors/runtime_stats.hpp>
#include <tusker/model/published.hpp>
#include <tusker/model/receipt.hpp>
#include <tusker/model/result.hpp>

#include <atomic>
#include <cstdint>
#include <system_error>

namespace tusker {

/// The numbers behind `runtime_stats`, counted by the actors where they happen.
struct runtime_counters {
  using counter = std::atomic<std::uint64_t>;

  /// What is behind `runtime_measures`.
  runtime_gauges gauges;

  counter dispatched{0};
  counter executed{0};
  counter repeated{0};
  counter rejected{0};
  counter timed_out{0};
  counter overloaded{0};
  counter failed{0};
  counter commits{0};
  counter items{0};
  counter events{0};
  counter live_aggregates{0};
  counter peak_live_aggregates{0};
  counter recoveries{0};
  counter passivations{0};
  counter crashes{0};
  counter decided_again{0};
  counter recovering{0};
  counter passivating{0};
  counter commands_in_routers{0};
  counter aggregates_at_work{0}; ///< As routers saw it last.
  counter snapshots_taken{0};
  counter snapshots_passed_over{0};
  counter redelivered{0};
  counter stopped{0};
  counter stopped_inside{0}; ///< Of `stopped`, those that had been let in.
  counter router_restarts{0};
  counter journal_restarts{0};
  counter dispatcher_restarts{0};
  counter items_waiting{0};
  counter late_answers{0};
  counter long_reads{0};
  counter oldest_reader_commits{0};
  counter stale_readers{0};
  counter queries{0};
  counter queries_answered{0};
  counter queries_timed_out{0};
  counter queries_overloaded{0};
  counter queries_stopped{0};
  counter queries_failed{0};
  counter queries_waiting{0};
  counter query_worker_restarts{0};
  counter late_query_answers{0};
  counter publishes{0};
  counter published_first{0};
  counter published_repeated{0};
  counter publishes_timed_out{0};
  counter publishes_overloaded{0};
  counter publishes_stopped{0};
  counter publishes_failed{0};
  counter outbox_published{0};
  counter outbox_stuck{0};
  counter publisher_restarts{0};
  counter outbox_restarts{0};
  counter timers_in_flight{0};
  counter timers_fired{0};
  counter timers_gone{0};
  counter timers_retried{0};
  counter timers_given_up{0};
  counter timer_restarts{0};
  counter calls_in_flight{0};
  counter calls_sent{0};
  counter calls_retried{0};
  counter calls_given_up{0};
  counter caller_restarts{0};

  /// One more aggregate lives.
  void count_live();

  /// Counts an answer by its kind.
  void count(const result<receipt>& answer);

  /// Counts the answer to a query; no error is an answer.
  void count_query(std::error_code code);

  /// Counts the answer to a publish.
  void count_publish(const result<published>& answer);

  [[nodiscard]] auto snapshot() const -> runtime_stats;
};

} // namespace tusker
