#pragma once

#include <tusker/cli/command_set.hpp>
#include <tusker/cli/registered_types.hpp>

namespace tusker::cli {

/// Adds the verbs that look at a journal: `journal info`, `journal verify`, `doctor`, `stream ls`, `stream read`,
/// `events`. `types` must outlive the commands.
void add_journal_commands(command_set& commands, const registered_types& types);

} // namespace tusker::cli
