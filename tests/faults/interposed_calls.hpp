#pragma once

#include "io_watch.hpp"

#include <optional>
#include <string>

namespace tusker::faults {

/// What is watched now, or null.
[[nodiscard]] auto current_watcher() -> io_watcher*;

/// A file's name as `io_operation` has it; none when it is not in the watched folder, or nothing is watched.
[[nodiscard]] auto watched_name(const std::string& path) -> std::optional<std::string>;
[[nodiscard]] auto watched_name(int file) -> std::optional<std::string>;

} // namespace tusker::faults
