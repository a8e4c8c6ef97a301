#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/schema.hpp>

#include <cstdint>
#include <string>

namespace tusker {

// What happened to a subscriber and its dead letters: the events of its stream, a trace that stays when the entries
// that they tell of are gone.

/// A subscriber begins.
struct subscriber_added {
  std::string topic;
  log_id log;
  /// It wants what stands behind.
  log_offset offset;

  static constexpr auto schema =
      tusker::event("tusker.SubscriberAdded", 1, field("topic", &subscriber_added::topic),
                    field("log", &subscriber_added::log), field("offset", &subscriber_added::offset));
};

/// Nothing is delivered to it any more; what it had not handled is forgotten, its dead letters stay.
struct subscriber_removed {
  log_id log;
  log_offset offset;

  static constexpr auto schema =
      tusker::event("tusker.SubscriberRemoved", 1, field("log", &subscriber_removed::log),
                    field("offset", &subscriber_removed::offset));
};

/// A message was given up.
struct message_dead_lettered {
  log_id log;
  log_offset offset;
  std::string type;
  std::uint64_t attempts_made = 0;
  std::string failure;

  static constexpr auto schema = tusker::event(
      "tusker.MessageDeadLettered", 1, field("log", &message_dead_lettered::log),
      field("offset", &message_dead_lettered::offset), field("type", &message_dead_lettered::type),
      field("attempts_made", &message_dead_lettered::attempts_made),
      field("failure", &message_dead_lettered::failure));
};

/// Somebody wants a dead letter tried again.
struct dead_letter_retried {
  log_id log;
  log_offset offset;

  static constexpr auto schema =
      tusker::event("tusker.DeadLetterRetried", 1, field("log", &dead_letter_retried::log),
                    field("offset", &dead_letter_retried::offset));
};

/// It came through, and is none any more.
struct dead_letter_resolved {
  log_id log;
  log_offset offset;

  static constexpr auto schema =
      tusker::event("tusker.DeadLetterResolved", 1, field("log", &dead_letter_resolved::log),
                    field("offset", &dead_letter_resolved::offset));
};

/// Somebody gave it up for good.
struct dead_letter_dropped {
  log_id log;
  log_offset offset;
  std::string type;
  std::string reason;

  static constexpr auto schema =
      tusker::event("tusker.DeadLetterDropped", 1, field("log", &dead_letter_dropped::log),
                    field("offset", &dead_letter_dropped::offset), field("type", &dead_letter_dropped::type),
                    field("reason", &dead_letter_dropped::reason));
};

} // namespace tusker
