#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/persistence/subscriber_steps.hpp>

#include <string>

namespace tusker::cli {

/// `subscriber pause NAME`, `subscriber resume NAME`: the node that runs does it; while none runs, what is wanted is
/// noted in the journal, for the next one. Prints how the subscriber stands.
[[nodiscard]] auto run_subscriber_steer(const std::string& name, delivery_wish wanted,
                                        const data_options& options) -> exit_status;

} // namespace tusker::cli
