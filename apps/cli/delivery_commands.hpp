#pragma once

#include <tusker/cli/command_set.hpp>

namespace tusker::cli {

/// Adds `topic ls`, `timer ls` and the commands `dead-letter …`. REQUIRES: `commands` stays where it is.
void add_delivery_commands(command_set& commands);

} // namespace tusker::cli
