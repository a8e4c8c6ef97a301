#pragma once

#include <tusker/model/encoded_message.hpp>

#include <string>

namespace tusker {

/// A message that a decision publishes to a topic.
struct topic_message {
  std::string topic;
  encoded_message content;
  /// By which its order is kept; empty: none is.
  std::string key;

  friend auto operator==(const topic_message&, const topic_message&) -> bool = default;
};

} // namespace tusker
