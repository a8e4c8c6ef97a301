#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/http/http_routes.hpp>

namespace order_demo {

/// The orders of a node over HTTP: docs/http_api.md. REQUIRES: the node has `order`, and `order_summary` for lists; it
/// has started, stays where it is, and outlives the routes.
[[nodiscard]] auto order_routes(tusker::runtime& node) -> tusker::http_routes;

} // namespace order_demo
