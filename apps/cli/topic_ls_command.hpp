#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

namespace tusker::cli {

/// Prints all topics that were published to, and all subscribers with where they are; `--json` an object a line.
[[nodiscard]] auto run_topic_ls(const data_options& options) -> exit_status;

} // namespace tusker::cli
