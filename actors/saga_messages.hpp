#pragma once

#include <tusker/actors/ticket.hpp>
#include <tusker/model/receipt.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>

namespace tusker {

/// To the actor that sends the calls of sagas: there are new ones, or something may be due. From the board with 0; from
/// itself with a count, and one of an older count is out of date.
struct look_at_calls {
  std::uint64_t count = 0;
};

/// To the same, in its inbox: what the command of a call came to, or that of telling its saga.
struct saga_call_answered {
  ticket number;
  result<receipt> outcome;
};

/// To the desk of those who wait for sagas: there is news. From the board with 0; from itself with a count.
struct look_at_sagas {
  std::uint64_t count = 0;
};

/// To a subscriber whose messages become commands: what one came to.
struct message_routed {
  ticket number; ///< Of the message.
  ticket command;
  result<receipt> outcome;
};

/// To the same from itself: the time to send a command again has come.
struct route_again {
  ticket number;
};

} // namespace tusker
