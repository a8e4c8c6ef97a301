#pragma once

#include <tusker/actors/command_messages.hpp>
#include <tusker/actors/dead_command_messages.hpp>
#include <tusker/actors/delivery_messages.hpp>
#include <tusker/actors/dispatcher_messages.hpp>
#include <tusker/actors/journal_messages.hpp>
#include <tusker/actors/projection_messages.hpp>
#include <tusker/actors/publisher_messages.hpp>
#include <tusker/actors/query_messages.hpp>
#include <tusker/actors/saga_messages.hpp>
#include <tusker/actors/stream_step_messages.hpp>
#include <tusker/actors/subscription_crash.hpp>
#include <tusker/actors/subscription_messages.hpp>
#include <tusker/actors/supervisor_messages.hpp>
#include <tusker/actors/timer_messages.hpp>
#include <tusker/actors/type_ids.hpp>

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

#include <memory>

namespace tusker {

/// One aggregate. Its answers go to its router; `step_answer` comes from the journal.
using aggregate_actor = caf::typed_actor<caf::reacts_to<execute_command>, caf::reacts_to<step_answer>,
                                         caf::reacts_to<passivate_aggregate>>;

/// Aggregates of one type, all of them or a share. In its inbox are commands and what its aggregates say; what concerns
/// the journal comes from the supervisor.
using router_actor = caf::typed_actor<caf::reacts_to<look_at_inbox>, caf::reacts_to<journal_changed>,
                                      caf::reacts_to<journal_gone>, caf::reacts_to<idle_tick>,
                                      caf::reacts_to<retry_aggregate>>;

/// A router, as the node's parts hold it.
struct router_link {
  router_actor actor;
  std::shared_ptr<router_inbox> inbox;

  void put(router_item&& item) const {
    inbox->put(std::move(item), [this] { wake(actor); });
  }
};

/// Keeps the time of the command book, from which `deadline_tick` comes too.
using dispatcher_actor = caf::typed_actor<caf::reacts_to<deadline_tick>>;

/// Reads a log for one consumer. `log_has_grown` comes from the position board.
using subscription_actor = caf::typed_actor<caf::replies_to<pull_events>::with<event_batch>,
                                            caf::reacts_to<read_on>, caf::reacts_to<log_has_grown>>;

/// Tells events to a user's handler.
using listener_actor = caf::typed_actor<caf::reacts_to<start_reading>, caf::reacts_to<store_checkpoint>,
                                        caf::reacts_to<crash_subscription>>;

/// Makes the rows of one projection.
using projection_actor = caf::typed_actor<caf::reacts_to<open_projection>, caf::reacts_to<retry_projection>,
                                          caf::reacts_to<settle_projection>, caf::reacts_to<sweep_projection>,
                                          caf::reacts_to<steer_projection>, caf::reacts_to<crash_projection>>;

/// Starts projections again when they die, and hands on what is wanted of them.
using projection_supervisor =
    caf::typed_actor<caf::reacts_to<restart_projection>, caf::reacts_to<steer_projection>,
                     caf::reacts_to<crash_projection>>;

/// Answers queries from rows.
using query_worker = caf::typed_actor<caf::reacts_to<run_query>, caf::reacts_to<crash_query_part>>;

/// Brings queries to workers in time. `rows_reached` comes from the boards of projections' rows.
using query_desk =
    caf::typed_actor<caf::reacts_to<submit_query>, caf::reacts_to<rows_reached>, caf::reacts_to<query_done>,
                     caf::reacts_to<deadline_tick>, caf::reacts_to<crash_query_part>>;

/// Brings the messages of a topic to one subscriber. `message_handled` comes from its workers, `message_routed` from
/// those whom it sends commands to.
using delivery_actor = caf::typed_actor<caf::reacts_to<open_delivery>, caf::reacts_to<message_handled>,
                                        caf::reacts_to<message_routed>, caf::reacts_to<route_again>,
                                        caf::reacts_to<delivery_tick>, caf::reacts_to<steer_delivery>,
                                        caf::reacts_to<retry_append>, caf::reacts_to<crash_delivery>>;

/// Calls a subscriber's handler.
using delivery_worker = caf::typed_actor<caf::reacts_to<handle_message>, caf::reacts_to<crash_delivery>>;

/// Has dead commands tried again or dropped.
using dead_command_actor =
    caf::typed_actor<caf::reacts_to<steer_dead_commands>, caf::reacts_to<retry_append>>;

/// Takes the steps by which somebody changes streams by hand.
using stream_step_actor = caf::typed_actor<caf::reacts_to<take_stream_step>, caf::reacts_to<retry_append>>;

/// Starts subscribers again when they die, and hands on what is wanted of them, of dead commands and of streams.
using delivery_supervisor =
    caf::typed_actor<caf::reacts_to<host_delivery>, caf::reacts_to<restart_delivery>,
                     caf::reacts_to<steer_delivery>, caf::reacts_to<crash_delivery>,
                     caf::reacts_to<steer_dead_commands>, caf::reacts_to<take_stream_step>>;

/// Brings what callers publish to the journal.
using publisher_actor = caf::typed_actor<caf::reacts_to<submit_publish>, caf::reacts_to<take_up_publishes>,
                                         caf::reacts_to<retry_append>, caf::reacts_to<deadline_tick>>;

/// Brings what waits in outboxes to its topics. `walk_outbox` comes from the outbox board.
using outbox_actor = caf::typed_actor<caf::reacts_to<walk_outbox>, caf::reacts_to<retry_append>>;

/// Sends the calls of sagas. `look_at_calls` comes from the call board; in its inbox is what they came to.
using saga_caller = caf::typed_actor<caf::reacts_to<look_at_calls>, caf::reacts_to<look_at_inbox>,
                                     caf::reacts_to<retry_append>>;

/// Answers those who wait for sagas. `look_at_sagas` comes from the saga board.
using saga_desk = caf::typed_actor<caf::reacts_to<look_at_sagas>>;

/// Fires the timers of the node.
using timer_actor = caf::typed_actor<caf::reacts_to<look_at_timers>, caf::reacts_to<timer_answered>,
                                     caf::reacts_to<retry_append>>;

/// Starts the parts of the node again when they die.
using supervisor_actor = caf::typed_actor<caf::reacts_to<restart_part>, caf::reacts_to<journal_ready>,
                                          caf::reacts_to<crash_part>, caf::reacts_to<look_at_storage>>;

} // namespace tusker
