#pragma once

#include <tusker/cli/part_catalogue.hpp>
#include <tusker/cli/program_part.hpp>
#include <tusker/config/journal_options.hpp>
#include <tusker/config/named_functions.hpp>
#include <tusker/config/option_catalogue.hpp>
#include <tusker/config/read_store_options.hpp>
#include <tusker/config/runtime_options.hpp>
#include <tusker/model/result.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace tusker::cli {

/// How the past is read again: by aggregates that come back to memory.
struct replay_options {
  std::size_t recoveries_max = runtime_options().recoveries_max;
  std::size_t snapshot_every_events = runtime_options().snapshot_every_events;
  std::size_t snapshot_on_passivation_events = runtime_options().snapshot_on_passivation_events;
};

// Functions that configure a part of a program, named in [event_driven] by @go. They run before the rest of the config:
// what they set is a default, and what the file, the environment or a flag says goes before it. What one says that it
// cannot do is a problem of the config.

using configure_event_store = std::function<result<void>(journal_options& journal, read_store_limits& rows)>;
using configure_queues = std::function<result<void>(part_map<subscriber_options>& queues)>;
using configure_projections = std::function<result<void>(part_map<projection_options>& projections)>;
using configure_sagas = std::function<result<void>(part_map<saga_options>& sagas)>;
using configure_replay = std::function<result<void>(replay_options& replay)>;

/// Those that a config names, each with its name; empty: none is named.
struct config_hooks {
  configure_event_store event_store;
  std::string event_store_name;
  configure_queues message_queue;
  std::string message_queue_name;
  configure_projections projections;
  std::string projections_name;
  configure_sagas sagas;
  std::string sagas_name;
  configure_replay replay;
  std::string replay_name;
};

/// The hooks of `[event_driven]`.
[[nodiscard]] auto hook_catalogue() -> option_catalogue<config_hooks>;

} // namespace tusker::cli

template <>
inline constexpr std::string_view tusker::function_kind<tusker::cli::configure_event_store>{
    "configures the event store"};
template <>
inline constexpr std::string_view tusker::function_kind<tusker::cli::configure_queues>{"configures queues"};
template <>
inline constexpr std::string_view tusker::function_kind<tusker::cli::configure_projections>{
    "configures projections"};
template <>
inline constexpr std::string_view tusker::function_kind<tusker::cli::configure_sagas>{"configures sagas"};
template <>
inline constexpr std::string_view tusker::function_kind<tusker::cli::configure_replay>{"configures replay"};
