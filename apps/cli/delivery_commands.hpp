#pragma once

#include <tusker/cli/command_set.hpp>
#include <tusker/cli/registered_types.hpp>

namespace tusker::cli {

/// Adds `topic ls`, `timer ls` and the commands `dead-letter …`. REQUIRES: `types` outlives the commands.
void add_delivery_commands(command_set& commands, const registered_types& types);

} // namespace tusker::cli
