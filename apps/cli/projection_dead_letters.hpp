#pragma once

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

#include <string>

namespace tusker::cli {

/// `projection dead-letters NAME`: the events that a projection went on without, a line each; a rebuild tries them
/// again. JSON: `log`, `offset`, `stream`, `version`, `type`, `time`, `failure`, an object a line.
[[nodiscard]] auto run_projection_dead_letters(const std::string& name, const data_options& options)
    -> exit_status;

} // namespace tusker::cli
