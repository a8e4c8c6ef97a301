#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/receipt.hpp>
#include <tusker/model/topic_name.hpp>

namespace tusker {

/// The durable proof that a message was published.
struct published {
  message_id id;
  /// Of the message in the log.
  position at;
  /// `repeated`: the message was published before under its id, and this is the place that it got then.
  receipt_kind kind = receipt_kind::first;

  friend auto operator==(const published&, const published&) -> bool = default;
};

} // namespace tusker
