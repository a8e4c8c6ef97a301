#pragma once

#include <tusker/model/dead_letter.hpp>
#include <tusker/model/parked_message.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/delivery_notes.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tusker {

/// One step of a subscriber on its way to the journal: notes and trace events, recorded as a whole.
class delivery_item {
public:
  /// Under which epoch the subscriber's shard is written.
  struct ownership {
    shard_id shard;
    epoch current;
  };

  delivery_item(std::string_view subscriber, const ownership& by, timestamp now);

  void put(const delivery_cursor& cursor);
  void put(const parked_message& parked);
  void put(const dead_letter& dead);
  void remove(std::string note_key);
  /// One of `delivery_events.hpp`.
  template <class Event>
  void happened(const Event& event);

  /// The item; with a command id if it has events, so that it can be sent again. Errors: `model_errc::not_encodable`.
  [[nodiscard]] auto take() && -> result<append_item>;

private:
  void put(result<stream_note> note);

  append_item item_;
  result<void> encoded_;
};

/// The dead letter that a message of a subscriber of `topic` becomes. `before` is what it was when it was tried again.
[[nodiscard]] auto dead_letter_of(std::string_view subscriber, std::string_view topic,
                                  const recorded_event& message, const parked_message& dead, timestamp now,
                                  const std::optional<dead_letter>& before) -> dead_letter;

} // namespace tusker
