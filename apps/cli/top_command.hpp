#pragma once

#include <tusker/cli/command_set.hpp>

namespace tusker::cli {

/// Adds `top`: a running node, watched through its admin endpoint.
void add_top_command(command_set& commands);

} // namespace tusker::cli
