#pragma once

#include <tusker/actors/ticket.hpp>
#include <tusker/model/command_envelope.hpp>
#include <tusker/model/receipt.hpp>
#include <tusker/model/result.hpp>

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

namespace tusker {

/// The answer to `route_command` and to `execute_command`, under the number that came with it.
struct command_answer {
  ticket number;
  result<receipt> outcome;
};

/// Where answers to commands are sent.
using answer_sink = caf::typed_actor<caf::reacts_to<command_answer>>;

/// Dispatcher → router: bring this command to its aggregate, and the answer to `reply_to`.
struct route_command {
  ticket number;
  command_envelope command;
  answer_sink reply_to;
};

/// Router → aggregate: decide about this command.
struct execute_command {
  ticket number;
  command_envelope command;
};

} // namespace tusker
