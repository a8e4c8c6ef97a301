#pragma once

#include <tusker/cli/command_set.hpp>

namespace tusker::cli {

/// Adds `completion SHELL`, `man` and, hidden, `command-reference`: what is made of all commands of the program, those
/// too that are added later.
void add_help_commands(command_set& commands);

} // namespace tusker::cli
