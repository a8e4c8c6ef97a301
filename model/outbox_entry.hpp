#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/metadata.hpp>
#include <tusker/model/uuid.hpp>

#include <string>

namespace tusker {

/// A message that is to be sent once the item it came with is durable, and stays until it is settled.
struct outbox_entry {
  /// Derived from what caused it, so that sending it twice has its effect once. Entries are sent in order of ids.
  uuid id;
  /// A stream's name or a topic.
  std::string target;
  encoded_message content;
  metadata meta;

  friend auto operator==(const outbox_entry&, const outbox_entry&) -> bool = default;
};

} // namespace tusker
