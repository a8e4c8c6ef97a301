#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/retry_policy.hpp>

#include <chrono>
#include <cstddef>

namespace tusker {

/// What a projection does about an event on which its handler fails again and again.
enum class failing_event_policy {
  stop,        ///< It stands before the event, failed, until it is resumed or the program starts again.
  dead_letter, ///< It notes the event in its model's `dead_letter_table` and goes on behind it.
};

struct projection_options {
  failing_event_policy when_failing = failing_event_policy::stop;
  /// How often an event is tried; everything before it is committed first.
  retry_policy retries = {std::chrono::milliseconds(200), 2.0, std::chrono::seconds(30), 0.2, 5};
  /// Events in one commit while it catches up, from 1 to 10,000.
  std::size_t commit_events_max = 1'000;
};

/// How a projection's rows are made anew.
struct rebuild_options {
  /// They are made of the events behind: all, or those that are to be replayed.
  log_offset from = before_all_events;
};

} // namespace tusker
