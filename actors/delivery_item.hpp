#pragma once

#include <tusker/actors/delivery_book.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/model/dead_letter.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/subscriber_type.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/delivery_notes.hpp>

#include <map>
#include <memory>

namespace tusker {

/// One step of a subscriber on its way to the journal: notes and trace events, recorded as a whole.
class delivery_item {
public:
  /// REQUIRES: `type` and `context` outlive it.
  delivery_item(const subscriber_type& type, const node_context& context, timestamp now);

  void put(const delivery_cursor& cursor);
  void put(const parked_message& parked);
  void put(const dead_letter& dead);
  void remove(std::string note_key);
  template <class Event>
  void happened(const Event& event);

  /// The item; with a command id if it has events, so that it can be sent again. Errors: `model_errc::not_encodable`.
  [[nodiscard]] auto take() && -> result<append_item>;

private:
  void put(result<stream_note> note);

  append_item item_;
  result<void> encoded_;
};

/// The messages whose lives end with a commit, by offset.
using dying_messages = std::map<log_offset, std::shared_ptr<const recorded_event>>;

/// The dead letter that a message becomes. `before` is what it was when it was tried again.
[[nodiscard]] auto dead_letter_of(const subscriber_type& type, const recorded_event& message,
                                  const parked_message& dead, timestamp now,
                                  const std::optional<dead_letter>& before) -> dead_letter;

} // namespace tusker
