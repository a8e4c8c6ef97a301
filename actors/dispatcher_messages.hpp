#pragma once

#include <tusker/actors/command_messages.hpp>
#include <tusker/actors/open_answer.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace tusker {

/// From a caller's thread to the dispatcher: send this, and complete `answer` in time.
struct submit_command {
  std::string aggregate_type;
  shared_command command;
  std::chrono::milliseconds timeout{};
  std::shared_ptr<open_answer> answer;
};

/// From the dispatcher to itself when the earliest deadline comes. One of an older count is out of date.
struct deadline_tick {
  std::uint64_t count = 0;
};

/// Answer everything that is still open with `why`, and all that comes later.
struct abandon_all {
  error why;
};

} // namespace tusker
