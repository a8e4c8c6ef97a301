#pragma once

#include <tusker/model/json_writer.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tusker {

/// Why readers are not shown an event any more.
enum class event_loss { truncated, tombstoned };

/// An event as a line of JSON: the keys `stream`, `version`, `position` (`log`, `offset`), `shard`, `time`, `type`,
/// `schema_version`, `event_id`, `command_id` (what directly led to it: the metadata's causation id),
/// `correlation_id`, `subject`, `traceparent`, `user`, then `gone` (`truncated` or `tombstoned`) for one that readers
/// are not shown, and `content`, the event's JSON as it is stored. Ids that are nil are null.
struct event_line {
  recorded_event event;
  std::optional<event_loss> gone; ///< Then the event has its place, and says nothing more.
};

/// Writes the members up to `user`.
void write_event_members(json_writer& out, const recorded_event& event);

/// The line, without its end. Errors: `transfer_errc::not_exportable` when content or metadata cannot be JSON, with the
/// stream, version and position.
[[nodiscard]] auto encode_event_line(const event_line& line) -> result<std::string>;

/// Reads a line again. `stream`, `version`, `time`, `type`, `schema_version`, and `content` where it is not gone, must
/// be there; no other keys than those above may be, and none twice. Without `event_id` the event gets an id that is
/// made of its time, its stream and its version. Errors: `transfer_errc::malformed_line`, with what is wrong.
[[nodiscard]] auto decode_event_line(std::string_view line) -> result<event_line>;

} // namespace tusker
