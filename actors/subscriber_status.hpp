#pragma once

#include <tusker/model/error.hpp>
#include <tusker/model/position.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace tusker {

enum class subscriber_phase {
  catching_up, ///< There are messages that it has not been given yet.
  live,        ///< It has been given all that were there when it looked last.
  paused,      ///< By `runtime::pause_subscriber`, also before a restart.
  failed,      ///< It stands; `subscriber_status::failure` says why.
  stopped,     ///< The runtime has not started, or was shut down; or it was unsubscribed.
};

/// How a subscriber does. Counts are since the start.
struct subscriber_status {
  std::string name;
  std::string topic;
  subscriber_phase phase = subscriber_phase::stopped;
  /// All up to here is handled, waits for another attempt, is a dead letter, or was not wanted. What is stored may be a
  /// little behind.
  log_offset position;
  /// The last event that is durable.
  log_offset head;
  std::uint64_t handled = 0;
  std::uint64_t failed_attempts = 0;
  std::uint64_t dead_letters = 0; ///< That came about.
  /// Of handlers that returned past their deadline; dropped. Not of commands.
  std::uint64_t late_answers = 0;
  std::size_t parked = 0; ///< That wait for another attempt, behind one that does, or to be a dead letter.
  std::size_t in_flight = 0;
  std::size_t left_behind = 0; ///< Threads that are away in handlers past their deadline.
  /// What stopped it; or, while it runs, what the last failed attempt came to.
  std::optional<error> failure;
};

} // namespace tusker
