#include <tusker/cli/config_hooks.hpp>

#include <tusker/config/option_group.hpp>

namespace tusker::cli {

namespace {

auto hooks_of(config_hooks& hooks) -> config_hooks& {
  return hooks;
}

} // namespace

auto hook_catalogue() -> option_catalogue<config_hooks> {
  option_catalogue<config_hooks> catalogue;
  option_group<config_hooks, config_hooks> hooks(catalogue, "event_driven", hooks_of);
  hooks.function("event_store", &config_hooks::event_store, &config_hooks::event_store_name,
                 "Configures the journal, before `[event_store]` does.");
  hooks.function("message_queue", &config_hooks::message_queue, &config_hooks::message_queue_name,
                 "Configures the subscribers, and which of them run, before `[queue.NAME]` does.");
  hooks.function("projections", &config_hooks::projections, &config_hooks::projections_name,
                 "Configures the projections, and which of them run, before `[projection.NAME]` does.");
  hooks.function("sagas", &config_hooks::sagas, &config_hooks::sagas_name,
                 "Configures the sagas, and which of them run, before `[saga.NAME]` does.");
  hooks.function("replay", &config_hooks::replay, &config_hooks::replay_name,
                 "Configures how aggregates are made of their past again, before `[cqrs]` does.");
  return catalogue;
}

} // namespace tusker::cli
