#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/program_wiring.hpp>

#include <string>

namespace tusker::cli {

/// `projection rebuild NAME`: opens the node that the config wires, makes the projection's rows anew from the journal
/// while the old ones serve, waits until the new ones do, and prints as `projection digest` does. An interruption
/// leaves the rebuild to the next node that runs.
/// Ends with `journal_unavailable` when another process has the journal, and with `usage` for a projection that the
/// config leaves out.
[[nodiscard]] auto run_projection_rebuild(const std::string& name, const program_wiring& wiring,
                                          const data_options& options) -> exit_status;

/// `projection rebuild NAME --dry-run`: what it would be made of, beside whoever runs. JSON: `rebuilt` (false),
/// `projection`, `version` of the program's code, `head` of the journal.
[[nodiscard]] auto run_projection_rebuild_trial(const std::string& name, const program_wiring& wiring,
                                                const data_options& options) -> exit_status;

} // namespace tusker::cli
