#pragma once

#include <tusker/model/error.hpp>

#include <filesystem>
#include <system_error>

namespace tusker {

/// Whether an `errno` says that there is no more space: on the disk, in a quota, or for a file of that size.
[[nodiscard]] auto is_out_of_space(int number) -> bool;

/// What `errno` says now.
[[nodiscard]] auto last_system_error() -> std::error_code;

/// A failure of the file system at a path: `journal_errc::storage_full` or `io_error`, with the path and the reason.
[[nodiscard]] auto file_error(const std::filesystem::path& at, std::error_code why) -> error;

} // namespace tusker
