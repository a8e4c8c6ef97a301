#pragma once

#include <tusker/model/command_id.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/seen_token.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/stream_version.hpp>

#include <cstdint>

namespace tusker {

/// Whether a receipt was written now, or is the one an earlier dispatch of the same command id got.
enum class receipt_kind { first, repeated };

/// The durable proof that a command was carried out: whoever holds it will find the command's events after any crash.
struct receipt {
  command_id command;
  stream_id stream;
  /// The stream's version after the command.
  stream_version version;
  /// The command's last event; the log's head at that time when it had none.
  position at;
  std::uint32_t event_count = 0;
  receipt_kind kind = receipt_kind::first;
  /// Give it to a query to make the query see this command's events.
  seen_token seen;

  friend auto operator==(const receipt&, const receipt&) -> bool = default;
};

} // namespace tusker
