#pragma once

#include <tusker/cli/command_set.hpp>

namespace tusker::cli {

/// Adds the verbs that count, copy and exchange a journal as a whole: `journal stats`, `backup`, `restore`, `compact`,
/// `export`, `import`.
void add_journal_copy_commands(command_set& commands);

} // namespace tusker::cli
