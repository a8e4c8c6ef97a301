#pragma once

#include <tusker/cli/command_set.hpp>
#include <tusker/cli/registered_types.hpp>

namespace tusker::cli {

/// Adds the commands `saga …`. REQUIRES: `types` outlives the commands.
void add_saga_commands(command_set& commands, const registered_types& types);

} // namespace tusker::cli
