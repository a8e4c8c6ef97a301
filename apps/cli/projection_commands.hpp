#pragma once

#include <tusker/cli/command_set.hpp>
#include <tusker/cli/registered_types.hpp>

namespace tusker::cli {

/// Adds `projection ls`, `status`, `digest`, `pause` and `resume`, which need no types; and `rebuild`, where the
/// program has projections. `types` must outlive the commands.
void add_projection_commands(command_set& commands, const registered_types& types);

} // namespace tusker::cli
