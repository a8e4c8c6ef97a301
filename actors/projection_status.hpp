#pragma once

#include <tusker/model/error.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/projection_version.hpp>
#include <tusker/model/timestamp.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace tusker {

enum class projection_phase {
  catching_up, ///< There are events that are not in its rows yet.
  live,        ///< Its rows have all that was there when it looked last.
  paused,      ///< By `runtime::pause_projection`, also before a restart.
  rebuilding,  ///< Its rows are being made anew; those that it had serve until then.
  failed,      ///< It has stopped, or its rebuild has; `projection_status::failure` says why.
  stopped,     ///< The runtime has not started, or was shut down.
};

/// A model that is made beside the one that serves, to take its place.
struct rebuild_status {
  /// All events up to here are in its rows, or were not wanted.
  log_offset position;
  /// How fast it passes over the log, over the last ten seconds or so.
  double events_per_second = 0;
  /// How long it will take at that rate to have caught up; none while nothing is known of its rate.
  std::optional<std::chrono::seconds> time_left;
  /// What it will try again soon.
  std::optional<error> failure;
  /// How often the event that it stands before has failed.
  std::uint32_t failed_attempts = 0;
};

struct projection_status {
  std::string name;
  projection_version version;
  projection_phase phase = projection_phase::stopped;
  /// All events up to here are in the rows that are committed, or were not wanted.
  log_offset position;
  /// The last event that is durable.
  log_offset head;
  std::uint64_t events = 0;       ///< That were committed since the start.
  double events_per_second = 0;   ///< Over the last ten seconds or so.
  std::uint64_t dead_letters = 0; ///< Since the start.
  /// When the last commit was made; 1970 before the first one.
  timestamp progressed{};
  /// What stopped it; or, while it runs, what it will try again soon.
  std::optional<error> failure;
  /// How often the event that it stands before has failed.
  std::uint32_t failed_attempts = 0;
  /// While a model is built.
  std::optional<rebuild_status> rebuild = {};

  /// How many events of the log it has not looked at.
  [[nodiscard]] auto lag() const -> std::uint64_t {
    return head > position ? head.value() - position.value() : 0;
  }
};

} // namespace tusker
