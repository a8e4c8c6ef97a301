#pragma once

#include <tusker/actors/command_messages.hpp>
#include <tusker/actors/dispatcher_messages.hpp>
#include <tusker/actors/journal_messages.hpp>
#include <tusker/actors/type_ids.hpp>

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

namespace tusker {

/// Owns the writing side of the journal.
using journal_actor =
    caf::typed_actor<caf::replies_to<append_request>::with<append_answer>, caf::reacts_to<flush_batch>>;

/// One aggregate. Its answers go to its router.
using aggregate_actor = caf::typed_actor<caf::reacts_to<execute_command>>;

/// All aggregates of one type. `command_answer` comes from them.
using router_actor = caf::typed_actor<caf::reacts_to<route_command>, caf::reacts_to<command_answer>>;

/// The edge of the node: callers' deadlines and answers. `command_answer` comes from routers.
using dispatcher_actor = caf::typed_actor<caf::reacts_to<submit_command>, caf::reacts_to<command_answer>,
                                          caf::reacts_to<deadline_tick>, caf::reacts_to<abandon_all>>;

} // namespace tusker
