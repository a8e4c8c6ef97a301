#pragma once

#include <tusker/actors/ticket.hpp>
#include <tusker/model/receipt.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>

namespace tusker {

/// To the timer actor: look what is due. From the timer board with 0; from itself, when a time has come that it waits
/// for, with a count, and one of an older count is out of date.
struct look_at_timers {
  std::uint64_t count = 0;
};

/// To the timer actor: what the command of a timer came to.
struct timer_answered {
  ticket number;
  result<receipt> outcome;
};

} // namespace tusker
