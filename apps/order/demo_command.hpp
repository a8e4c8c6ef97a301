#pragma once

#include <order/demo_options.hpp>

#include <tusker/cli/exit_status.hpp>

namespace order_demo {

/// `order demo`: takes the catalogue into stock, places the orders, reads each back, and prints the report.
[[nodiscard]] auto run_demo(const demo_options& options) -> tusker::cli::exit_status;

} // namespace order_demo
