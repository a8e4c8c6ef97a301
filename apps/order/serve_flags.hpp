#pragma once

#include <order/serve_command.hpp>

#include <CLI/CLI.hpp>

namespace order_demo {

/// The flags of `order serve` about where it listens and how much it takes on; the tokens come from the environment.
/// REQUIRES: `options` outlives the command.
void add_serve_flags(CLI::App& command, serve_options& options);

} // namespace order_demo
