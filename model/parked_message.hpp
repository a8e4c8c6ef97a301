#pragma once

#include <tusker/model/failed_attempt.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/schema.hpp>
#include <tusker/model/timestamp.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace tusker {

/// A message that waits for its next attempt, as it is stored.
struct parked_message {
  log_offset offset;
  /// Those of one key are handled one after the other.
  std::string key;
  /// Failed attempts; none when it waits behind another message of its key.
  std::uint32_t attempts_made = 0;
  /// The last of them, `attempts_kept_max` at the most.
  std::vector<failed_attempt> attempts;
  timestamp due{};
  /// It is a dead letter that somebody wants tried again.
  bool was_dead = false;

  static constexpr auto schema = tusker::record(
      "tusker.ParkedMessage", field("offset", &parked_message::offset), field("key", &parked_message::key),
      field("attempts_made", &parked_message::attempts_made), field("attempts", &parked_message::attempts),
      field("due", &parked_message::due), field("was_dead", &parked_message::was_dead));

  friend auto operator==(const parked_message&, const parked_message&) -> bool = default;
};

/// How many attempts are kept with a message. What one of them says is cut to `failure_bytes_max`.
inline constexpr std::size_t attempts_kept_max = 16;
inline constexpr std::size_t failure_bytes_max = 300;

} // namespace tusker
