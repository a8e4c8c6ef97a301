#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/model/timestamp.hpp>

#include <cstdint>
#include <optional>

namespace tusker {

/// What a command came to, as the journal keeps it under its command id: the events it led to, or its rejection.
struct command_outcome {
  /// The stream's version after the command.
  stream_version version;
  /// The command's last event; the log's head at that time when it had none.
  position at;
  std::uint32_t event_count = 0;
  /// Set when the aggregate said no.
  std::optional<encoded_message> rejection;
  timestamp time;

  friend auto operator==(const command_outcome&, const command_outcome&) -> bool = default;
};

} // namespace tusker
