#pragma once

#include <tusker/actors/position_board.hpp>
#include <tusker/actors/progress_rate.hpp>
#include <tusker/actors/projection_status.hpp>

#include <mutex>
#include <string>

namespace tusker {

/// What a projection's actors tell of it, and everybody may ask. Outlives the actors. Safe for threads.
class projection_core {
public:
  projection_core(std::string name, projection_version version);

  void set_phase(projection_phase phase);
  /// It stands here, with all that it wanted of the events before in rows that are committed.
  void set_position(log_offset position);
  void note_commit(log_offset to, std::uint64_t events, std::uint64_t dead_letters, timestamp now);
  /// It will try again.
  void note_failure(const error& why, std::uint32_t failed_attempts);
  void forget_failure();
  /// It has stopped for good, or until it is resumed.
  void fail_with(const error& why);

  /// With a log that is durable up to `head`.
  [[nodiscard]] auto status(log_offset head, timestamp now) const -> projection_status;
  [[nodiscard]] auto position() const -> log_offset;

  /// How far the rows that queries see are, and who waits for them to be further.
  [[nodiscard]] auto rows() -> position_board& { return rows_; }

private:
  mutable std::mutex mutex_; // guards what follows
  projection_status status_;
  progress_rate rate_;
  position_board rows_; // safe by itself
};

} // namespace tusker
