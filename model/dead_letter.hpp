#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/failed_attempt.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/schema.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/uuid.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// A message that a subscriber went on without, since no attempt to handle it came through. What it says stands in the
/// log, at `offset`, and is not copied.
struct dead_letter {
  std::string subscriber;
  std::string topic;
  log_id log;
  log_offset offset;
  /// Where in its stream the message stands.
  std::string stream;
  stream_version version;
  /// The message's.
  uuid id;
  std::string type;
  schema_version type_version{1};
  /// By which its order was kept; empty when it was not.
  std::string key;
  timestamp published{};
  uuid correlation_id;
  uuid causation_id;
  /// When it was given up.
  timestamp died{};
  /// Over all its lives.
  std::uint64_t attempts_made = 0;
  /// The last of them, `attempts_kept_max` at the most.
  std::vector<failed_attempt> attempts;
  /// The content, of what does not stand in the log.
  std::optional<std::string> content;

  static constexpr auto schema = tusker::record(
      "tusker.DeadLetter", field("subscriber", &dead_letter::subscriber), field("topic", &dead_letter::topic),
      field("log", &dead_letter::log), field("offset", &dead_letter::offset),
      field("stream", &dead_letter::stream), field("version", &dead_letter::version),
      field("id", &dead_letter::id), field("type", &dead_letter::type),
      field("type_version", &dead_letter::type_version), field("key", &dead_letter::key),
      field("published", &dead_letter::published), field("correlation_id", &dead_letter::correlation_id),
      field("causation_id", &dead_letter::causation_id), field("died", &dead_letter::died),
      field("attempts_made", &dead_letter::attempts_made), field("attempts", &dead_letter::attempts),
      field("content", &dead_letter::content));

  friend auto operator==(const dead_letter&, const dead_letter&) -> bool = default;
};

} // namespace tusker
