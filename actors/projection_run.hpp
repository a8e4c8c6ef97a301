#pragma once

#include <tusker/actors/projection_options.hpp>
#include <tusker/actors/projection_progress.hpp>
#include <tusker/actors/projection_step.hpp>
#include <tusker/config/log_record.hpp>
#include <tusker/config/read_store_options.hpp>
#include <tusker/model/projection_type.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/read_store.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace tusker {

/// Where a projection commits to, under which epoch.
struct projection_target {
  std::string projection;
  model_number model;
  log_id log;
  epoch owner;
};

/// What a run wants after it was given something.
struct run_outcome {
  enum class what {
    done,
    wait,  ///< Give it the same again after `delay`: `why`.
    stop,  ///< It cannot go on: `why`.
    leave, ///< Its model is not there any more: `why`.
  };

  what wants = what::done;
  error why = {};
  std::chrono::milliseconds delay{0};

  [[nodiscard]] auto is_done() const -> bool { return wants == what::done; }
};

/// The way of one log's events into one model: handles them, commits rows and offset together, and decides what a
/// failure comes to. It never skips an event, unless the projection's policy says so, and never commits one twice.
///
///   slice ─▶ handle … handle ─▶ commit (rows, offset) ─▶ done
///              └ fails ─▶ commit what is before it ─▶ wait (and again) ─▶ stop, or a dead letter and on
///
/// Used by one thread at a time.
class projection_run {
public:
  struct parts {
    std::shared_ptr<const projection_type> type;
    std::shared_ptr<read_store> store;
    read_store_limits limits = {};
    projection_options options = {};
    std::shared_ptr<projection_progress> progress;
    log_sink log = {}; ///< Is told of dead letters.
  };

  /// Goes on in a model that is at `from`.
  projection_run(const parts& made_of, projection_target target, log_offset from);

  /// Takes in a slice's events. The slice begins where the last one ended. REQUIRES: 0 ≤ `lot` ≤ 1; after `wait` the
  /// same slice is given again.
  [[nodiscard]] auto take_in(const log_slice& slice, timestamp now, double lot) -> run_outcome;

  /// Notes in the store how far it has looked, where that is further than its last commit.
  [[nodiscard]] auto settle(timestamp now) -> run_outcome;

  /// Up to where the store has it.
  [[nodiscard]] auto committed() const -> log_offset { return committed_; }
  /// All events up to here are committed, or were not wanted.
  [[nodiscard]] auto position() const -> log_offset { return position_; }

private:
  [[nodiscard]] auto take_in_next(const recorded_event& event, timestamp now, double lot) -> run_outcome;
  [[nodiscard]] auto on_handler_failure(const recorded_event& event, const error& why, double lot)
      -> run_outcome;
  [[nodiscard]] auto on_store_failure(const error& why) -> run_outcome;
  [[nodiscard]] auto commit(log_offset to, timestamp now) -> run_outcome;
  [[nodiscard]] auto commit_pending(timestamp now) -> run_outcome;
  [[nodiscard]] auto on_refusal(const commit_verdict& verdict) const -> run_outcome;
  void on_committed(timestamp now);
  void on_progress();

  /// A commit with what it is counted as, until the store has taken it.
  struct pending_commit {
    read_commit step;
    std::uint64_t events = 0;
    std::uint64_t dead_letters = 0;
  };

  parts made_of_;
  projection_target target_;
  projection_step step_;
  std::optional<pending_commit> pending_;
  std::size_t next_ = 0; ///< Of the slice's events.
  log_offset committed_;
  log_offset position_;
  std::uint32_t failed_attempts_ = 0; ///< At the event that is next.
  std::uint32_t store_failures_ = 0;  ///< In a row.
};

/// Whether a read store may take later what it refused now, without having changed anything; or a journal will tell
/// how long it is once it has been opened again.
[[nodiscard]] auto is_passing_failure(const error& why) -> bool;

/// How long to leave a read store alone that has failed so many times in a row. REQUIRES: at least 1.
[[nodiscard]] auto delay_after_store_failure(std::uint32_t failures) -> std::chrono::milliseconds;

} // namespace tusker
