#pragma once

#include <tusker/model/metadata.hpp>
#include <tusker/model/topic_name.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace tusker {

/// How a message is published.
struct publish_options {
  /// The id under which the message is published once, however often that is asked. None: a new one, and asking again
  /// publishes another message. A nil id is refused.
  std::optional<message_id> id = std::nullopt;
  /// By which order is kept; empty: none is.
  std::string key = {};
  /// Subject, correlation and so on; stored with the message.
  metadata meta = {};
  /// How long to wait for the answer, from 1 ms to 1 day; none: `runtime_options::dispatch_timeout`.
  std::optional<std::chrono::milliseconds> timeout = std::nullopt;
};

} // namespace tusker
