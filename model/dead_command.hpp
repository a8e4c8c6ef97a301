#pragma once

#include <tusker/model/enum_names.hpp>
#include <tusker/model/failed_attempt.hpp>
#include <tusker/model/schema.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/uuid.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace tusker {

/// Who sent a command that was given up.
enum class command_origin {
  timer,   ///< A timer of its target.
  command, ///< Whoever else sends commands that must not be lost.
};

template <>
inline constexpr auto enum_names<command_origin> =
    names<command_origin>({{command_origin::timer, "timer"}, {command_origin::command, "command"}});

/// A command that was given up, since no attempt to bring it to its target came through. What it says is kept beside
/// this, byte by byte as its sender had stored it.
struct dead_command {
  /// Names it, over all its lives.
  uuid id;
  command_origin origin = command_origin::timer;
  /// The stream that it is for.
  std::string target;
  /// Of the timer; empty when there is none, or when what it held is no command.
  std::string name;
  std::string type;
  std::uint16_t type_version = 1;
  /// When it was to be carried out.
  timestamp due{};
  uuid correlation_id;
  uuid causation_id;
  /// When it was given up.
  timestamp died{};
  /// Of this life; those of earlier ones stand in the trace.
  std::uint64_t attempts_made = 0;
  /// The last of them, `attempts_kept_max` at the most.
  std::vector<failed_attempt> attempts;

  static constexpr auto schema = tusker::record(
      "tusker.DeadCommand", field("id", &dead_command::id), field("origin", &dead_command::origin),
      field("target", &dead_command::target), field("name", &dead_command::name),
      field("type", &dead_command::type), field("type_version", &dead_command::type_version),
      field("due", &dead_command::due), field("correlation_id", &dead_command::correlation_id),
      field("causation_id", &dead_command::causation_id), field("died", &dead_command::died),
      field("attempts_made", &dead_command::attempts_made), field("attempts", &dead_command::attempts));

  friend auto operator==(const dead_command&, const dead_command&) -> bool = default;
};

} // namespace tusker
