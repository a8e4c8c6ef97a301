#pragma once

#include <order/demo_options.hpp>

#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/program_wiring.hpp>

namespace order_demo {

/// The environment variable with the token of the orders' own API: `[http] token` by another name.
inline constexpr const char* api_token_variable = "ORDER_API_TOKEN";

/// What `order serve` is asked to do.
struct serve_options {
  /// The shop: `data` is given, and of the rest what is about its stock and its payments counts.
  demo_options shop;
};

/// Runs the shop as a node that the config wires, with an HTTP API, and an admin endpoint beside it, until SIGTERM or
/// SIGINT: then it takes nothing more, answers what is under way, stops, and returns `ok`. Prints where it listens: a
/// line, or an object of JSON with `listen` and `admin`.
[[nodiscard]] auto run_serve(serve_options options, const tusker::cli::program_wiring& wiring)
    -> tusker::cli::exit_status;

} // namespace order_demo
