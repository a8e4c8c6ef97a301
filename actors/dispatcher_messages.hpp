#pragma once

#include <tusker/actors/pending.hpp>
#include <tusker/model/command_envelope.hpp>
#include <tusker/model/receipt.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace tusker {

/// From a caller's thread to the dispatcher: send this, and complete `answer` in time.
struct submit_command {
  std::string aggregate_type;
  command_envelope command;
  std::chrono::milliseconds timeout{};
  std::shared_ptr<pending_state<receipt>> answer;
};

/// From the dispatcher to itself when the earliest deadline comes. One of an older count is out of date.
struct deadline_tick {
  std::uint64_t count = 0;
};

/// At shutdown: answer everything that is still open with `runtime_errc::stopped`.
struct abandon_all {};

} // namespace tusker
