#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

namespace order_demo {

/// `order report`: what all orders come to, in all, by day and by customer. JSON: the object of `report_json`.
[[nodiscard]] auto run_report(const tusker::cli::data_options& options) -> tusker::cli::exit_status;

} // namespace order_demo
