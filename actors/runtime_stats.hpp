#pragma once

#include <cstdint>

namespace tusker {

/// What a runtime has done since it was opened. Every command that was dispatched is counted in exactly one of the
/// answers once it has one.
struct runtime_stats {
  // Commands by their answer.
  std::uint64_t dispatched = 0;
  std::uint64_t executed = 0; ///< A first receipt.
  std::uint64_t repeated = 0; ///< The receipt or rejection of an earlier dispatch of the same command id.
  std::uint64_t rejected = 0; ///< Said no to by the aggregate, for the first time.
  std::uint64_t timed_out = 0;
  std::uint64_t overloaded = 0;
  std::uint64_t stopped = 0; ///< Given up by a shutdown, or sent after it.
  std::uint64_t failed = 0;  ///< Any other error.

  // The journal.
  std::uint64_t commits = 0;
  std::uint64_t items = 0;         ///< Steps given to the journal, refused ones included.
  std::uint64_t events = 0;        ///< Events made durable.
  std::uint64_t items_waiting = 0; ///< Steps that wait for the next commit, now.

  // Its storage, as of the last look, which is taken every minute; `journal().storage()` looks now.
  std::uint64_t long_reads = 0; ///< Reads of this process that took longer than `journal_options::long_read`.
  /// Commits since the snapshot of the reader furthest behind, of any process: it makes the file grow.
  std::uint64_t oldest_reader_commits = 0;
  std::uint64_t stale_readers = 0; ///< Slots of readers that died, freed by this process.

  // Aggregates.
  std::uint64_t live_aggregates = 0;      ///< In memory now; the next two are among them.
  std::uint64_t recovering = 0;           ///< Reading their streams, or about to.
  std::uint64_t passivating = 0;          ///< Taking their last snapshot.
  std::uint64_t peak_live_aggregates = 0; ///< The most that were in memory at one time.
  std::uint64_t recoveries = 0;           ///< How often an aggregate was loaded from its stream.
  std::uint64_t passivations = 0;         ///< How often one left, to make room or because nobody needed it.
  std::uint64_t snapshots_taken = 0;
  std::uint64_t snapshots_passed_over = 0; ///< Stored, but of another schema version, or not to be read.
  std::uint64_t crashes = 0;               ///< How often one's actor died.
  std::uint64_t decided_again = 0;         ///< Commands decided anew because another writer came first.

  // Supervision.
  std::uint64_t commands_in_routers =
      0;                         ///< Taken and not answered yet, now: with an aggregate, or waiting for one.
  std::uint64_t redelivered = 0; ///< Commands carried to an aggregate again since the journal was lost.
  std::uint64_t router_restarts = 0;
  std::uint64_t journal_restarts = 0;
  std::uint64_t dispatcher_restarts = 0;

  // Queries by their answer: each one that was asked is counted in one of them once it has one.
  std::uint64_t queries = 0;
  std::uint64_t queries_answered = 0;
  std::uint64_t queries_timed_out = 0;
  std::uint64_t queries_overloaded = 0;
  std::uint64_t queries_stopped = 0;
  std::uint64_t queries_failed = 0;  ///< Any other error, those of handlers among them.
  std::uint64_t queries_waiting = 0; ///< For rows to be as far as they have `seen`, now.
  std::uint64_t query_worker_restarts = 0;

  // Publishes by their answer, as commands; and what comes from outboxes.
  std::uint64_t publishes = 0;
  std::uint64_t published_first = 0;
  std::uint64_t published_repeated = 0; ///< Published before under the same message id.
  std::uint64_t publishes_timed_out = 0;
  std::uint64_t publishes_overloaded = 0;
  std::uint64_t publishes_stopped = 0;
  std::uint64_t publishes_failed = 0; ///< Any other error.
  std::uint64_t outbox_published = 0; ///< Outbox entries that were found in their topics, or brought there.
  std::uint64_t outbox_stuck = 0;     ///< Those that nobody can publish, as of the last look; they stay.
  std::uint64_t publisher_restarts = 0;
  std::uint64_t outbox_restarts = 0;

  // Timers. Their commands are among those above.
  std::uint64_t timers_in_flight = 0; ///< Due and taken up, and not done with yet, now.
  std::uint64_t timers_fired = 0;     ///< Whose command was carried out, or rejected.
  std::uint64_t timers_gone = 0;    ///< That were cancelled or replaced when their command was there already.
  std::uint64_t timers_retried = 0; ///< How often a command of one was to be sent again.
  std::uint64_t timers_given_up = 0; ///< That cannot fire: dead letters, see `runtime::dead_commands`.
  std::uint64_t timer_restarts = 0;

  // Calls of sagas. Their commands, and those that tell sagas what calls came to, are among those above.
  std::uint64_t calls_in_flight = 0; ///< Taken up, and not told to their saga yet, now.
  std::uint64_t calls_sent = 0;      ///< Commands that were sent for them, again or to tell sagas included.
  std::uint64_t calls_retried = 0;   ///< How often one was to be sent again.
  std::uint64_t calls_given_up = 0;  ///< Whose saga was told that they failed, or that cannot be told.
  std::uint64_t caller_restarts = 0;

  // What was dropped, so that nothing is dropped silently.
  std::uint64_t late_answers = 0;       ///< Answers to commands whose caller had been told `timed_out`.
  std::uint64_t late_query_answers = 0; ///< The same of queries; also of those that a shutdown had answered.
};

} // namespace tusker
