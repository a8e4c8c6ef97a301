#pragma once

#include <tusker/model/dead_command.hpp>
#include <tusker/model/dead_letter.hpp>
#include <tusker/model/timestamp.hpp>

#include <optional>
#include <string>

namespace tusker {

/// Which dead letters are meant: those that fit every part. An empty part fits all.
struct dead_letter_filter {
  /// Of the message or the command, as it is stored.
  std::string type = {};
  /// A part of what the last attempt came to.
  std::string failure = {};
  /// Those that died before, and not before.
  std::optional<timestamp> died_before = {};
  std::optional<timestamp> died_since = {};
};

[[nodiscard]] auto fits(const dead_letter& letter, const dead_letter_filter& filter) -> bool;
[[nodiscard]] auto fits(const dead_command& letter, const dead_letter_filter& filter) -> bool;

} // namespace tusker
