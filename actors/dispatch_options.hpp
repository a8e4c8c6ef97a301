#pragma once

#include <tusker/model/command_id.hpp>
#include <tusker/model/expected_version.hpp>
#include <tusker/model/metadata.hpp>

#include <chrono>
#include <optional>

namespace tusker {

/// How a command is dispatched.
struct dispatch_options {
  /// The id under which the command has its effect once, however often it is sent. None: a new one, and sending
  /// again is another command. A nil id is refused.
  std::optional<tusker::command_id> command_id = std::nullopt;
  /// What the caller knows about the aggregate's stream.
  expected_version expected = any;
  /// How long to wait for the answer, from 1 ms to 1 day; none: `runtime_options::dispatch_timeout`.
  std::optional<std::chrono::milliseconds> timeout = std::nullopt;
  /// Subject, correlation and so on; it is stored with every event the command leads to.
  metadata meta = {};
};

} // namespace tusker
