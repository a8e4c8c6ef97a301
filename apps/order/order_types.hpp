#pragma once

#include <tusker/cli/registered_types.hpp>

namespace order_demo {

/// The aggregates of the order domain, and the projections of their events.
[[nodiscard]] auto order_types() -> tusker::cli::registered_types;

} // namespace order_demo
