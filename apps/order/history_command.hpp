#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

#include <string>

namespace order_demo {

/// `order history ID`: the events of an order, the first first. JSON: an object a line (NDJSON) with the keys of
/// `tusker::cli::event_json`.
[[nodiscard]] auto run_history(const std::string& order_id, const tusker::cli::data_options& options)
    -> tusker::cli::exit_status;

} // namespace order_demo
