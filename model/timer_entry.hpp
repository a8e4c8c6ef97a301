#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/uuid.hpp>

namespace tusker {

/// Names a timer: when it is due, and its id among those due then.
struct timer_key {
  timestamp due;
  uuid id;

  friend auto operator==(const timer_key&, const timer_key&) -> bool = default;
};

/// A message that its owner wants back at a time: late rather than never.
struct timer_entry {
  timer_key key;
  /// Who set it, and gets it back.
  stream_id owner;
  encoded_message content;

  friend auto operator==(const timer_entry&, const timer_entry&) -> bool = default;
};

} // namespace tusker
