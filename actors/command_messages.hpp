#pragma once

#include <tusker/actors/inbox_link.hpp>
#include <tusker/actors/journal_messages.hpp>
#include <tusker/actors/ticket.hpp>
#include <tusker/model/command_envelope.hpp>
#include <tusker/model/receipt.hpp>
#include <tusker/model/result.hpp>

#include <caf/fwd.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

namespace tusker {

/// A command on its way through the node: one copy, which everybody who may have to send it again holds.
using shared_command = std::shared_ptr<const command_envelope>;

/// What became of a command that an aggregate was given.
enum class command_fate {
  answered,
  journal_lost, ///< The journal's actor died under it: the command is to be carried to the aggregate again.
};

/// The answer to `execute_command`, under the number that came with it.
struct command_answer {
  caf::actor_id from = 0; ///< Of the aggregate's actor.
  ticket number;
  result<receipt> outcome;
  command_fate fate = command_fate::answered;
  /// From an aggregate: events of its stream since its last snapshot.
  std::uint64_t events_since_snapshot = 0;
  /// From an aggregate: nothing will happen to it by itself any more.
  bool is_at_rest = false;
};

/// Aggregate → router, after it has read its stream for the first command, and before it decides: another may read.
struct aggregate_recovered {
  caf::actor_id from = 0; ///< As in the answer.
  ticket number;
};

/// Command book → router: bring this command to its aggregate, and the answer to the book.
struct route_command {
  ticket number;
  shared_command command;
};

/// What comes to a router with each command: in its inbox, since there is much of it.
using router_item = std::variant<route_command, aggregate_recovered, command_answer>;
using router_inbox = inbox<router_item>;
/// A router, as the command book and its aggregates see it.
using router_entry = inbox_link<router_item>;

/// Router → aggregate: decide about this command, and record it in this journal.
struct execute_command {
  ticket number;
  shared_command command;
  inbox_link<append_step> journal;
  /// Since the actor serves this aggregate: what it knows is another one's, or out of date.
  bool is_first = false;
};

/// Router → aggregate, when nothing is under way: take a snapshot if one is worth it, and end.
struct passivate_aggregate {
  journal_link journal;
};

/// From a router to itself: look for aggregates that have been idle for long.
struct idle_tick {};

/// From a router to itself: the aggregate that crashed may be started again. One of an older count is out of date.
struct retry_aggregate {
  std::string stream;
  std::uint64_t count = 0;
};

} // namespace tusker
