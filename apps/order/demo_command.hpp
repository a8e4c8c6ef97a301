#pragma once

#include <order/demo_options.hpp>

#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/program_wiring.hpp>

namespace order_demo {

/// `order demo`: takes the catalogue into stock, places the orders, reads each back, and prints the report; in a node
/// as the config wires it.
[[nodiscard]] auto run_demo(demo_options options, const tusker::cli::program_wiring& wiring)
    -> tusker::cli::exit_status;

} // namespace order_demo
