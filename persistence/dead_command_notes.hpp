#pragma once

#include <tusker/model/dead_command.hpp>
#include <tusker/model/encoded_message.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/timer_entry.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/stream_note.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

// Commands that were given up, a stream a shard: so that one item can take a timer out of its shard's table and put a
// dead letter in its place. Beside the stream stand a note `d` and the id for each command, and a note `c` and the id
// that is what its sender had stored. The stream's events are the trace.

/// The category of the streams.
inline constexpr std::string_view dead_command_category = "tusker_dead_commands";

[[nodiscard]] auto dead_command_stream(shard_id shard, shard_count shards) -> stream_id;

/// A new id for a command of that shard: a UUIDv7 of the time whose last two bytes are the shard, so that it can be
/// found by its id.
[[nodiscard]] auto new_dead_command_id(shard_id shard, timestamp now) -> uuid;
/// The shard that the id names. It need not be one that the journal has.
[[nodiscard]] auto shard_in(const uuid& id) -> shard_id;

[[nodiscard]] auto dead_command_note_key(const uuid& id) -> std::string;
[[nodiscard]] auto dead_content_note_key(const uuid& id) -> std::string;

/// Errors: `model_errc::not_encodable`.
[[nodiscard]] auto note_of(const dead_command& dead) -> result<stream_note>;

// Errors of all: those of `journal_reader::read_notes`; `journal_errc::corrupt` for a note that cannot be read, with
// its stream.

/// Those of one stream in the order of their ids, behind `after`.
[[nodiscard]] auto read_dead_commands(const journal_reader& journal, const stream_id& stream,
                                      const uuid& after, std::size_t commands_max)
    -> result<std::vector<dead_command>>;
/// None when there is no such dead letter, or it was tried again or dropped.
[[nodiscard]] auto find_dead_command(const journal_reader& journal, const uuid& id)
    -> result<std::optional<dead_command>>;
/// What its sender had stored: of a timer, what the timer held.
[[nodiscard]] auto find_dead_content(const journal_reader& journal, const uuid& id)
    -> result<std::optional<encoded_message>>;

/// The timer that brings a dead command to its target when it is tried again, due at that time. The id names it, so
/// there is one, however often it is set. Errors: `journal_errc::corrupt` for a target that is no stream's name.
[[nodiscard]] auto timer_for(const dead_command& dead, encoded_message content, timestamp due)
    -> result<timer_entry>;

} // namespace tusker
