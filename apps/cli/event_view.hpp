#pragma once

#include <tusker/cli/terminal.hpp>
#include <tusker/model/recorded_event.hpp>

#include <string>

namespace tusker::cli {

/// A stored event as one line of JSON with the keys `stream`, `version`, `position` (`log`, `offset`), `shard`, `time`,
/// `type`, `schema_version`, `event_id`, `command_id` (what directly led to it: the metadata's causation id),
/// `correlation_id`, `subject`, `traceparent`, `user` and `content`, which is the event's JSON as it is stored. Ids
/// that are nil are null.
[[nodiscard]] auto event_json(const recorded_event& event) -> std::string;

/// The same for people, over some lines, with an empty line at the end.
[[nodiscard]] auto event_text(const recorded_event& event, const terminal& where) -> std::string;

} // namespace tusker::cli
