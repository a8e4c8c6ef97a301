#pragma once

#include <tusker/cli/command_set.hpp>
#include <tusker/cli/registered_types.hpp>

namespace tusker::cli {

/// Adds the verbs that change a stream by hand: `stream append`, `truncate`, `tombstone`. `types` must outlive the
/// commands.
void add_stream_change_commands(command_set& commands, const registered_types& types);

} // namespace tusker::cli
