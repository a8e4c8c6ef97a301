#pragma once

#include <tusker/model/dead_command.hpp>
#include <tusker/model/schema.hpp>
#include <tusker/model/uuid.hpp>

#include <cstdint>
#include <string>

namespace tusker {

// What happened to commands that were given up: a trace that stays when they are gone.

/// A command was given up.
struct command_dead_lettered {
  uuid id;
  command_origin origin = command_origin::timer;
  std::string target;
  std::string name;
  std::string type;
  std::uint64_t attempts_made = 0;
  std::string failure;

  static constexpr auto schema = tusker::event(
      "tusker.CommandDeadLettered", 1, field("id", &command_dead_lettered::id),
      field("origin", &command_dead_lettered::origin), field("target", &command_dead_lettered::target),
      field("name", &command_dead_lettered::name), field("type", &command_dead_lettered::type),
      field("attempts_made", &command_dead_lettered::attempts_made),
      field("failure", &command_dead_lettered::failure));
};

/// Somebody wanted it tried again: a timer of its target brings it.
struct dead_command_retried {
  uuid id;

  static constexpr auto schema =
      tusker::event("tusker.DeadCommandRetried", 1, field("id", &dead_command_retried::id));
};

/// Somebody gave it up for good.
struct dead_command_dropped {
  uuid id;
  std::string target;
  std::string type;
  std::string reason;

  static constexpr auto schema = tusker::event(
      "tusker.DeadCommandDropped", 1, field("id", &dead_command_dropped::id),
      field("target", &dead_command_dropped::target), field("type", &dead_command_dropped::type),
      field("reason", &dead_command_dropped::reason));
};

} // namespace tusker
