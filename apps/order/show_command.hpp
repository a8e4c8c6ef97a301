#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

#include <string>

namespace order_demo {

/// `order show ID`: what an order is now. JSON: one object with the fields of the order and its `version`.
[[nodiscard]] auto run_show(const std::string& order_id, const tusker::cli::data_options& options)
    -> tusker::cli::exit_status;

} // namespace order_demo
