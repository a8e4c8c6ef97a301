#pragma once

#include <tusker/cli/registered_types.hpp>
#include <tusker/cli/sample_config.hpp>
#include <tusker/config/named_functions.hpp>

namespace order_demo {

/// All that the program hosts, sagas and subscribers too.
[[nodiscard]] auto order_program_types() -> tusker::cli::registered_types;

/// The functions that a config may name by `@go`: `events.ConfigureEventStore` and the others of `[event_driven]`.
[[nodiscard]] auto order_functions() -> tusker::named_functions;

/// What `order.toml` says.
[[nodiscard]] auto order_sample() -> tusker::cli::sample_config;

} // namespace order_demo
