#pragma once

#include <tusker/model/result.hpp>

#include <filesystem>

namespace tusker {

/// Makes the names in a folder durable. Errors: `journal_errc::io_error`, `storage_full`.
[[nodiscard]] auto sync_folder(const std::filesystem::path& folder) -> result<void>;

/// Makes the names in a folder and the folder's own name durable. Errors: as above.
[[nodiscard]] auto sync_folder_and_name(const std::filesystem::path& folder) -> result<void>;

} // namespace tusker
