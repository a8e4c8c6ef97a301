#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/message_type.hpp>
#include <tusker/model/recorded_event.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace tusker {

/// An event that a stored one no longer stands for.
struct dropped_event {
  message_type type; ///< Where its way ended.
  std::string reason;

  friend auto operator==(const dropped_event&, const dropped_event&) -> bool = default;
};

/// What a stored message says in today's types.
struct upcast_messages {
  std::vector<encoded_message> current; ///< In their order; none when all was dropped.
  std::vector<dropped_event> dropped;

  friend auto operator==(const upcast_messages&, const upcast_messages&) -> bool = default;
};

/// One of the events that a stored one stands for today.
struct current_event {
  /// The stored event with its content in today's type. Stream, version, position, id, metadata and time are those of
  /// the stored one: they are shared by all that it was split into.
  recorded_event event;
  /// Its number among those, from 0: (position, index) tells any two apart.
  std::size_t index = 0;

  friend auto operator==(const current_event&, const current_event&) -> bool = default;
};

/// What a stored event says in today's types.
struct upcast_events {
  std::vector<current_event> current; ///< In their order; none when all was dropped.
  std::vector<dropped_event> dropped;

  friend auto operator==(const upcast_events&, const upcast_events&) -> bool = default;
};

} // namespace tusker
