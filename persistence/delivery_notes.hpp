#pragma once

#include <tusker/model/dead_letter.hpp>
#include <tusker/model/parked_message.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/schema.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/stream_note.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

// What a subscriber keeps beside its stream: notes `cursor`, `p` and an offset for a parked message, `d` and an offset
// for each dead letter.

/// How far a subscriber is in the log.
struct delivery_cursor {
  std::string topic;
  log_id log;
  /// All up to here is handled, parked or dead.
  log_offset offset;
  /// An operator wants it to stand.
  bool is_paused = false;

  static constexpr auto schema = tusker::record(
      "tusker.DeliveryCursor", field("topic", &delivery_cursor::topic), field("log", &delivery_cursor::log),
      field("offset", &delivery_cursor::offset), field("is_paused", &delivery_cursor::is_paused));

  friend auto operator==(const delivery_cursor&, const delivery_cursor&) -> bool = default;
};

/// The key of the cursor's note.
inline constexpr std::string_view cursor_note_key = "cursor";

[[nodiscard]] auto parked_note_key(log_offset offset) -> std::string;
[[nodiscard]] auto dead_letter_note_key(log_offset offset) -> std::string;

// Errors of all: `model_errc::not_encodable`.
[[nodiscard]] auto note_of(const delivery_cursor& cursor) -> result<stream_note>;
[[nodiscard]] auto note_of(const parked_message& parked) -> result<stream_note>;
[[nodiscard]] auto note_of(const dead_letter& dead) -> result<stream_note>;

// Errors of all: those of `journal_reader::read_notes`; `journal_errc::corrupt` for a note that cannot be read, with
// its subscriber.

/// None when there never was such a subscriber, or it was removed.
[[nodiscard]] auto find_cursor(const journal_reader& journal, std::string_view subscriber)
    -> result<std::optional<delivery_cursor>>;
/// In the order of offsets, those behind `after`.
[[nodiscard]] auto read_parked(const journal_reader& journal, std::string_view subscriber, log_offset after,
                               std::size_t messages_max) -> result<std::vector<parked_message>>;
[[nodiscard]] auto find_parked(const journal_reader& journal, std::string_view subscriber, log_offset offset)
    -> result<std::optional<parked_message>>;
/// In the order of offsets, those behind `after`.
[[nodiscard]] auto read_dead_letters(const journal_reader& journal, std::string_view subscriber,
                                     log_offset after, std::size_t letters_max)
    -> result<std::vector<dead_letter>>;
[[nodiscard]] auto find_dead_letter(const journal_reader& journal, std::string_view subscriber,
                                    log_offset offset) -> result<std::optional<dead_letter>>;

/// The names of all subscribers that there ever were, in order, those behind `after`.
[[nodiscard]] auto list_subscribers(const journal_reader& journal, std::string_view after,
                                    std::size_t subscribers_max) -> result<std::vector<std::string>>;

/// The event at that place of the log; none when it was truncated. Errors: those of `journal_reader::read_log`.
[[nodiscard]] auto find_event(const journal_reader& journal, position at)
    -> result<std::optional<recorded_event>>;

} // namespace tusker
