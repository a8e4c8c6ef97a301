#include <tusker/actors/node_blueprint.hpp>

#include <tusker/actors/dispatcher_actor.hpp>
#include <tusker/actors/journal_actor.hpp>
#include <tusker/actors/outbox_actor.hpp>
#include <tusker/actors/publisher_actor.hpp>
#include <tusker/actors/router_actor.hpp>
#include <tusker/actors/saga_caller_actor.hpp>
#include <tusker/actors/saga_desk_actor.hpp>
#include <tusker/actors/spawn_apart.hpp>
#include <tusker/actors/timer_actor.hpp>
#include <tusker/actors/worker_threads.hpp>

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

auto share_of(std::size_t limit, std::size_t parts) -> std::size_t {
  return std::max<std::size_t>(1, (limit + parts - 1) / parts);
}

} // namespace

auto node_blueprint::routers_of(std::string_view type) const -> std::size_t {
  constexpr std::size_t routers_worth_it = 4;
  const auto& options = context->options;
  if (options.routers_per_type != 0)
    return options.routers_per_type;
  // A share of a small limit would be refused while others have room.
  auto enough_to_share = options_of(options, type).live_aggregates_max >= 1'000;
  return enough_to_share ? std::min(worker_threads_of(options), routers_worth_it) : 1;
}

auto node_blueprint::spawn_journal(caf::actor_system& system, std::uint64_t generation,
                                   supervisor_actor supervisor) const -> journal_link {
  const auto& options = context->options;
  const auto& limits = options.journal.limits;
  auto steps = std::make_shared<inbox<append_step>>();
  auto made_of = journal_actor_state::settings{engine,
                                               context->counters,
                                               context->positions,
                                               context->outbox,
                                               context->calls,
                                               context->timers,
                                               {options.batch_items_max,
                                                std::min(options.batch_bytes_max, limits.batch_bytes_max),
                                                limits.batch_events_max},
                                               generation,
                                               steps,
                                               std::move(supervisor),
                                               context->has_threads};
  // Commits block, so the journal actor has a thread of its own; a deterministic system has one thread in all.
  auto actor = spawn_apart(context->has_threads, system, make_journal_actor, std::move(made_of));
  return {std::move(actor), generation, std::move(steps)};
}

auto node_blueprint::spawn_router(caf::actor_system& system, const std::string& type,
                                  const journal_link& journal) const -> router_link {
  const auto& options = context->options;
  std::size_t routers = 0;
  for (const auto& [name, each] : bus->types())
    routers += routers_of(name);
  auto share = router_actor_state::settings{
      share_of(options_of(options, type).live_aggregates_max, routers_of(type)),
      share_of(options.recoveries_max, routers), journal, std::make_shared<router_inbox>()};
  auto inbox = share.inbox;
  return {system.spawn(make_router_actor, context, bus->types().at(type), std::move(share)),
          std::move(inbox)};
}

auto node_blueprint::spawn_publisher(caf::actor_system& system) const -> publisher_actor {
  return system.spawn(make_publisher_actor, context);
}

auto node_blueprint::spawn_outbox(caf::actor_system& system) const -> outbox_actor {
  return system.spawn(make_outbox_actor, context);
}

auto node_blueprint::spawn_dispatcher(caf::actor_system& system) const -> dispatcher_actor {
  return system.spawn(make_dispatcher_actor, context);
}

auto node_blueprint::spawn_timers(caf::actor_system& system) const -> timer_actor {
  auto made_of = timer_actor_state::settings{bus};
  // Where reads block, as `spawn_subscription` does.
  auto blocks = context->reader->locality() == read_locality::remote && context->has_threads;
  return spawn_apart(blocks, system, make_timer_actor, context, std::move(made_of));
}

auto node_blueprint::spawn_calls(caf::actor_system& system) const -> saga_caller {
  auto made_of = saga_caller_state::settings{bus, sagas};
  // Whatever a saga does goes through it: on a thread of its own it has the time in which the journal's waits for the
  // disk. Where there are no sagas it has nothing to do.
  auto has_work = context->has_threads && !sagas->empty();
  return spawn_apart(has_work, system, make_saga_caller, context, std::move(made_of));
}

auto node_blueprint::spawn_desk(caf::actor_system& system) const -> saga_desk {
  return system.spawn(make_saga_desk, context);
}

} // namespace tusker
