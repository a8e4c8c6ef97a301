#pragma once

#include <tusker/actors/subscriber_status.hpp>

#include <cstdint>
#include <mutex>
#include <string>

namespace tusker {

/// What a subscriber's actor tells of it, and everybody may ask. Outlives the actor. Safe for threads.
class subscriber_core {
public:
  subscriber_core(std::string name, std::string topic);

  void set_phase(subscriber_phase phase);
  /// It stands, until it is resumed or the program starts again.
  void fail_with(const error& why);

  void note_handled();
  void note_failed_attempt(const error& why);
  void note_dead_letters(std::uint64_t count);
  void note_late_answer();
  /// What it works on.
  struct load {
    log_offset position;
    std::size_t parked = 0;
    std::size_t in_flight = 0;
    std::size_t left_behind = 0;
  };
  void note_load(const load& now);

  /// With a log that is durable up to `head`.
  [[nodiscard]] auto status(log_offset head) const -> subscriber_status;
  [[nodiscard]] auto position() const -> log_offset;

private:
  mutable std::mutex mutex_; // guards what follows
  subscriber_status status_;
};

} // namespace tusker
