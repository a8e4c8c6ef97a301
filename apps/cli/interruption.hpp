#pragma once

namespace tusker::cli {

/// From now on SIGINT and SIGTERM do not end the program, they only make `was_interrupted` true: the program stops
/// beginning new work and ends by itself. The second signal ends it at once.
void catch_interruptions();

[[nodiscard]] auto was_interrupted() -> bool;

} // namespace tusker::cli
