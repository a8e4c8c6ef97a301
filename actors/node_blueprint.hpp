#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/append_batch.hpp>
#include <tusker/actors/command_bus.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/saga_host.hpp>
#include <tusker/model/aggregate_instance.hpp>
#include <tusker/persistence/journal.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tusker {

/// How the parts of a node are made: the first time, and again after one has died.
struct node_blueprint {
  std::shared_ptr<const node_context> context;
  std::shared_ptr<journal> engine;
  std::shared_ptr<const command_bus> bus;
  std::shared_ptr<const saga_types> sagas;

  /// Routers that share a type.
  [[nodiscard]] auto routers_of(std::string_view type) const -> std::size_t;

  /// A journal actor. One with a supervisor opens the journal again first and tells it so.
  [[nodiscard]] auto spawn_journal(caf::actor_system& system, std::uint64_t generation,
                                   supervisor_actor supervisor) const -> journal_link;
  [[nodiscard]] auto spawn_router(caf::actor_system& system, const std::string& type,
                                  const journal_link& journal) const -> router_link;
  [[nodiscard]] auto spawn_publisher(caf::actor_system& system) const -> publisher_actor;
  [[nodiscard]] auto spawn_outbox(caf::actor_system& system) const -> outbox_actor;
  [[nodiscard]] auto spawn_dispatcher(caf::actor_system& system) const -> dispatcher_actor;
  [[nodiscard]] auto spawn_timers(caf::actor_system& system) const -> timer_actor;
  [[nodiscard]] auto spawn_calls(caf::actor_system& system) const -> saga_caller;
  [[nodiscard]] auto spawn_desk(caf::actor_system& system) const -> saga_desk;
};

} // namespace tusker
