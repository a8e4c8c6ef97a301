#pragma once

#include <tusker/model/command_id.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/model/timer_entry.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/event_record.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tusker {

// Keys are big endian, so that LMDB's order of bytes is the order of what they name.

[[nodiscard]] auto event_key(log_offset offset) -> std::string;
[[nodiscard]] auto offset_of_event_key(std::string_view key) -> log_offset;

/// (stream, version); the value is the offset, written like the key of an event.
[[nodiscard]] auto stream_event_key(stream_number stream, stream_version version) -> std::string;
[[nodiscard]] auto stream_of_key(std::string_view key) -> stream_number;
[[nodiscard]] auto version_of_key(std::string_view key) -> stream_version;

/// A stream's name, short enough for a key: one of more than 400 bytes is its first 385 and the hash of the whole, 401
/// bytes together, which no other name has. Who finds a long name by it has to compare the whole.
[[nodiscard]] auto stream_name_key(std::string_view name) -> std::string;
inline constexpr std::size_t whole_name_bytes_max = 400;

[[nodiscard]] auto number_key(stream_number stream) -> std::string;

/// Shard, command id, hash of the stream's name. The id stands before the stream since ids begin with their time:
/// receipts of one time lie together.
inline constexpr std::size_t receipt_key_bytes = sizeof(std::uint16_t) + 2 * sizeof(uuid);
[[nodiscard]] auto receipt_key(shard_id shard, const stream_id& stream, command_id command) -> std::string;

[[nodiscard]] auto command_of_receipt_key(std::string_view key) -> command_id;

[[nodiscard]] auto shard_key(shard_id shard) -> std::string;
/// Shard, due time, id.
[[nodiscard]] auto timer_table_key(shard_id shard, const timer_key& timer) -> std::string;
[[nodiscard]] auto timer_of_key(std::string_view key) -> timer_key;
/// Shard, id.
[[nodiscard]] auto outbox_key(shard_id shard, const uuid& id) -> std::string;
[[nodiscard]] auto outbox_id_of_key(std::string_view key) -> uuid;
/// Shard, hash of the owner's name, and then the note's key as it is.
[[nodiscard]] auto note_table_key(shard_id shard, const stream_id& owner, std::string_view key)
    -> std::string;
/// Empty when there is none.
[[nodiscard]] auto note_key_of(std::string_view table_key) -> std::string_view;

} // namespace tusker
