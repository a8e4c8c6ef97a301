#pragma once

#include <tusker/actors/position_board.hpp>
#include <tusker/actors/progress_rate.hpp>
#include <tusker/actors/projection_status.hpp>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

namespace tusker {

/// Who is told of a position.
enum class told_to {
  all,
  status, ///< Nobody who waits for it.
};

/// How far one model of a projection is made, as its run tells it. Safe for threads.
class projection_progress {
public:
  projection_progress() = default;
  /// Tells `serving` each position, for who waits for it.
  explicit projection_progress(std::shared_ptr<position_board> serving) : serving_(std::move(serving)) {}

  /// It goes on from here.
  void begin_at(log_offset position, told_to whom);
  /// All that it wanted of the events up to here is in rows that are committed.
  void set_position(log_offset position, timestamp now);
  void note_commit(log_offset to, std::uint64_t events, std::uint64_t dead_letters, timestamp now);
  /// It will try again.
  void note_failure(const error& why, std::uint32_t failed_attempts);
  void forget_failure();

  /// From here on its rows are what queries see. It takes over what `before` has counted.
  void serve(const projection_progress& before, std::shared_ptr<position_board> serving);

  [[nodiscard]] auto position() const -> log_offset;

  /// Writes position, events, rate, dead letters, time and failure.
  void describe(projection_status& to, timestamp now) const;
  /// The same of one that is built, with a log that is durable up to `head`.
  [[nodiscard]] auto as_rebuild(log_offset head, timestamp now) const -> rebuild_status;

private:
  struct counts {
    log_offset position;
    std::uint64_t events = 0;
    std::uint64_t dead_letters = 0;
    timestamp progressed{};
    std::optional<error> failure;
    std::uint32_t failed_attempts = 0;
  };

  [[nodiscard]] auto counted() const -> counts;
  void advance(log_offset position, timestamp now);
  void announce() const;

  mutable std::mutex mutex_; // guards what follows
  counts counts_;
  progress_rate handled_;
  progress_rate scanned_;
  std::shared_ptr<position_board> serving_;
};

} // namespace tusker
