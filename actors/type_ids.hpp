#pragma once

#include <tusker/actors/command_messages.hpp>
#include <tusker/actors/dead_command_messages.hpp>
#include <tusker/actors/delivery_messages.hpp>
#include <tusker/actors/dispatcher_messages.hpp>
#include <tusker/actors/inbox_link.hpp>
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

#include <caf/allowed_unsafe_message_type.hpp>

// The one place for CAF's macros. These messages stay within the node, so CAF need not know how to serialise them.

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::append_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::append_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::look_at_inbox)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::step_answer)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::flush_batch)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::retry_append)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::execute_command)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::passivate_aggregate)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::idle_tick)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::retry_aggregate)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::journal_changed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::journal_gone)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::deadline_tick)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::restart_part)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::journal_ready)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::crash_part)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::look_at_storage)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::reopen_journal)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::pull_events)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::event_batch)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::read_on)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::start_reading)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::store_checkpoint)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::crash_subscription)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::log_has_grown)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::open_projection)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::retry_projection)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::settle_projection)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::sweep_projection)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::steer_projection)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::restart_projection)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::crash_projection)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::submit_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::rows_reached)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::run_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::query_done)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::crash_query_part)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::open_delivery)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::delivery_tick)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::handle_message)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::message_handled)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::steer_delivery)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::host_delivery)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::restart_delivery)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::crash_delivery)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::steer_dead_commands)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::take_stream_step)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::submit_publish)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::take_up_publishes)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::walk_outbox)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::look_at_timers)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::timer_answered)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::look_at_calls)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::look_at_sagas)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::message_routed)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(tusker::route_again)
