#pragma once

#include <order/mailroom.hpp>

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

namespace order_demo {

/// Runs a node with the mailroom until all orders have their letters, or are dead letters.
[[nodiscard]] auto run_mail(const mail_options& mail, const tusker::cli::data_options& options)
    -> tusker::cli::exit_status;

} // namespace order_demo
