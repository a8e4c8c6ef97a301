#pragma once

#include <order/mailroom.hpp>

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/program_wiring.hpp>

namespace order_demo {

/// Runs the node that the config wires, with the mailroom, until all orders have their letters, or are dead letters.
[[nodiscard]] auto run_mail(const mail_options& mail, const tusker::cli::program_wiring& wiring,
                            const tusker::cli::data_options& options) -> tusker::cli::exit_status;

} // namespace order_demo
