#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/read_table.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/schema.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/model/timestamp.hpp>

#include <string>
#include <string_view>

namespace tusker {

/// Names of tables that begin so are not for users.
inline constexpr std::string_view reserved_table_prefix = "tusker.";

/// An event that a projection went on without, since its handler failed: a row of the model that lacks it. It holds
/// nothing that another run over the same events would not hold, so a model that is made again has equal rows.
struct projection_dead_letter {
  log_id log;
  log_offset offset;
  std::string stream;
  stream_version version;
  std::string type;
  /// Of the event.
  timestamp time{};
  /// What the last attempt came to.
  std::string failure;

  static constexpr auto schema = tusker::record(
      "DeadLetter", field("log", &projection_dead_letter::log),
      field("offset", &projection_dead_letter::offset), field("stream", &projection_dead_letter::stream),
      field("version", &projection_dead_letter::version), field("type", &projection_dead_letter::type),
      field("time", &projection_dead_letter::time), field("failure", &projection_dead_letter::failure));

  friend auto operator==(const projection_dead_letter&, const projection_dead_letter&) -> bool = default;
};

/// The table of a model that has them, in the order of their events.
inline constexpr auto dead_letter_table = table<projection_dead_letter>(
    "tusker.dead_letters", key(&projection_dead_letter::log, &projection_dead_letter::offset));

/// The note that a projection goes on without `event`.
[[nodiscard]] inline auto dead_letter_of(const recorded_event& event, std::string failure)
    -> projection_dead_letter {
  return {event.at.log,    event.at.offset,   event.stream.name(), event.version, event.data.content.type,
          event.data.time, std::move(failure)};
}

} // namespace tusker
