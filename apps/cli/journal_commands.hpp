#pragma once

#include <tusker/cli/command_set.hpp>

namespace tusker::cli {

/// Adds the verbs that look at a journal: `journal info`, `journal verify`, `doctor`, `stream ls`, `stream read`.
void add_journal_commands(command_set& commands);

} // namespace tusker::cli
