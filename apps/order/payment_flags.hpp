#pragma once

#include <order/demo_options.hpp>

#include <CLI/CLI.hpp>

namespace order_demo {

/// The flags of a command about how orders are paid; their limits are those of `demo_options`. REQUIRES: `options`
/// outlives the command.
void add_payment_flags(CLI::App& command, demo_options& options);

} // namespace order_demo
