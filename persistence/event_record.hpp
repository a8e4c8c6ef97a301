#pragma once

#include <tusker/model/event_data.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/persistence/packed_text.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tusker {

/// A stream's number within its journal, counted from 1.
using stream_number = named_number<struct stream_number_tag>;
/// An interned name's number within its journal, counted from 1.
using name_number = named_number<struct name_number_tag, std::uint32_t>;

/// The fixed front of a stored event: enough to filter without touching the rest.
struct event_header {
  stream_number stream;
  stream_version version;
  name_number type;
  name_number category;
  schema_version schema{1};
  shard_id shard;
  timestamp time;
  event_id id;
};

/// An event's record, taken apart; the views point into the record.
struct event_record {
  event_header header;
  std::string_view meta;
  packed_view content;
};

inline constexpr std::size_t event_header_bytes = 72;

/// The bytes of an event that stands at `offset`: docs/storage_format.md draws them.
[[nodiscard]] auto encode_event_record(log_offset offset, const event_header& header, const event_data& data)
    -> std::string;

/// Undoes `encode_event_record`; none when the bytes are not what was written at this offset.
[[nodiscard]] auto decode_event_record(log_offset offset, std::string_view bytes)
    -> std::optional<event_record>;
/// The same into `record`; returns whether it could. Numbers are taken by one load each and written where the caller
/// wants them: a copy of numbers that were written one by one just before makes the processor wait for each.
[[nodiscard]] auto decode_event_record_into(log_offset offset, std::string_view bytes, event_record& record)
    -> bool;

} // namespace tusker
