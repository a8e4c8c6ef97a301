#pragma once

#include <tusker/model/metadata.hpp>
#include <tusker/model/outbox_entry.hpp>
#include <tusker/model/timer_entry.hpp>
#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/stored_receipt.hpp>
#include <tusker/persistence/stored_snapshot.hpp>
#include <tusker/persistence/stream_note.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tusker {

// The bodies of what is stored besides events. Each `encode_…` is undone by its `decode_…`, which gives nothing
// when the bytes are not such a body to the last one.

void encode_time(byte_writer& out, timestamp time);
[[nodiscard]] auto decode_time(byte_reader& in) -> timestamp;

void encode_metadata(byte_writer& out, const metadata& meta);
[[nodiscard]] auto decode_metadata(byte_reader& in) -> metadata;
/// The same into `meta`, which is as it was made by default.
void decode_metadata_into(byte_reader& in, metadata& meta);

[[nodiscard]] auto encode_receipt(const stored_receipt& receipt) -> std::string;
[[nodiscard]] auto decode_receipt(std::string_view body) -> std::optional<stored_receipt>;

[[nodiscard]] auto encode_snapshot(const stored_snapshot& snapshot) -> std::string;
[[nodiscard]] auto decode_snapshot(std::string_view body) -> std::optional<stored_snapshot>;

/// Without its key, which the table's key holds.
[[nodiscard]] auto encode_timer(const timer_entry& timer) -> std::string;
[[nodiscard]] auto decode_timer(const timer_key& key, std::string_view body) -> std::optional<timer_entry>;

/// Without its id, which the table's key holds.
[[nodiscard]] auto encode_outbox_entry(const outbox_entry& entry) -> std::string;
[[nodiscard]] auto decode_outbox_entry(const uuid& id, std::string_view body) -> std::optional<outbox_entry>;

/// Without the note's key, which the table's key holds.
[[nodiscard]] auto encode_note(const stream_id& owner, const encoded_message& content) -> std::string;
[[nodiscard]] auto decode_note(std::string_view key, std::string_view body) -> std::optional<owned_note>;

} // namespace tusker
