#pragma once

#include <tusker/cli/command_set.hpp>
#include <tusker/cli/sample_config.hpp>

namespace tusker::cli {

/// Adds `config check`, `explain` and `reference`. REQUIRES: `sample` and `commands` outlive the commands.
void add_config_commands(command_set& commands, const sample_config& sample);

} // namespace tusker::cli
