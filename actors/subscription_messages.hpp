#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <memory>

namespace tusker {

/// Consumer → subscription: give me the next events. Each pull is one credit: it is answered with one batch, as soon
/// as there is something to tell.
struct pull_events {
  /// What the consumer is done with, if anything: whoever made it frees it, which costs its thread less.
  std::shared_ptr<const log_slice> handled = {};
};

/// The answer to one pull: the next wanted events, or how far the log was looked through if none of it was wanted.
/// Nothing is left out between a batch's `after` and its `scanned_to`. An error ends the subscription.
struct event_batch {
  /// All events up to here were told before.
  log_offset after;
  std::shared_ptr<const log_slice> slice;
  result<void> outcome = {};
};

/// To a listener itself: make the subscription it reads from.
struct start_reading {};

/// To a listener itself: store the checkpoint.
struct store_checkpoint {};

/// To the subscription itself: go on reading.
struct read_on {};

/// To a subscription that waits: the log has grown.
struct log_has_grown {};

} // namespace tusker
