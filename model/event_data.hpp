#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/event_id.hpp>
#include <tusker/model/metadata.hpp>
#include <tusker/model/timestamp.hpp>

namespace tusker {

/// An event before the append: everything but its place in the journal.
struct event_data {
  event_id id;
  encoded_message content;
  metadata meta;
  /// When it was decided, by the wall clock of the node that did. It orders nothing; positions do.
  timestamp time;

  friend auto operator==(const event_data&, const event_data&) -> bool = default;
};

} // namespace tusker
