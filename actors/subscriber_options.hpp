#pragma once

#include <tusker/actors/subscription.hpp>
#include <tusker/model/retry_policy.hpp>

#include <chrono>
#include <cstddef>

namespace tusker {

/// Which messages of a subscriber are handled one after the other.
enum class delivery_order {
  unordered, ///< None: with one consumer they are begun in their order, but one that fails is overtaken.
  by_key, ///< Those of one key: of a topic's messages the one they were published with, of events their stream.
  strict, ///< All: one that fails holds up the whole subscriber.
};

/// How messages are delivered to a subscriber.
struct subscriber_options {
  /// Where one begins that is new. It goes on where it was from then on.
  subscription_start from = from_beginning{};
  delivery_order order = delivery_order::unordered;
  /// A message that failed so often is a dead letter.
  retry_policy retries = {};
  /// Threads that call the handler, which is how many messages are in flight. From 1 to 64.
  std::size_t consumers = 1;
  /// A handler that has not returned by then has failed; another thread takes its place. From 1 ms to 1 day.
  std::chrono::milliseconds handler_deadline{std::chrono::seconds(30)};
  /// Threads that may be away in handlers past their deadline; then the subscriber stands, failed. From 0 to 64.
  std::size_t left_behind_max = 4;
  /// Messages in memory. From 1 to 100,000.
  std::size_t window_max = 1'000;
  /// Messages that wait for another attempt, or behind one that does; past it no fresh ones are delivered until some
  /// are through. From 1 to 1,000,000.
  std::size_t parked_max = 10'000;
  /// Of a run of messages that are handled without a failure the cursor is stored with each so many, and when there is
  /// nothing to do: so many are delivered again at the most after a crash. From 1 to 10,000.
  std::size_t commit_every_messages = 100;
};

} // namespace tusker
