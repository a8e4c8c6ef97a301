#pragma once

#include <tusker/cli/consent.hpp>
#include <tusker/cli/data_options.hpp>
#include <tusker/cli/dead_letter_selection.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/program_wiring.hpp>

#include <string>

namespace tusker::cli {

/// What is to be done about dead letters.
struct dead_letter_steps {
  dead_letter_selection wanted;
  std::string reason;
  consent agreed = {};
};

/// Has dead letters delivered again. Where the program has their subscribers, and the aggregates that commands are for,
/// it runs a node until each has come through or is a dead letter again; else the next node that runs does it.
[[nodiscard]] auto run_dead_letter_retry(const dead_letter_selection& wanted, const program_wiring& wiring,
                                         const data_options& options) -> exit_status;

/// Gives dead letters up for good.
[[nodiscard]] auto run_dead_letter_drop(const dead_letter_steps& steps, const data_options& options)
    -> exit_status;

} // namespace tusker::cli
