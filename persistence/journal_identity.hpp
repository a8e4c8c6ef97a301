#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/uuid.hpp>

#include <filesystem>
#include <optional>

namespace tusker {

// The file `identity` beside a journal's data: its id as text. It is written once the journal is made, so where it is,
// data that are missing or empty are lost data, and never the reason to make a new journal.

/// The id in the folder's identity file; none when there is no such file.
/// Errors: `journal_errc::io_error`; `corrupt` when it holds no id.
[[nodiscard]] auto read_identity(const std::filesystem::path& folder) -> result<std::optional<uuid>>;

/// Writes the identity file durably, whole or not at all. Errors: `journal_errc::io_error`, `storage_full`.
[[nodiscard]] auto write_identity(const std::filesystem::path& folder, const uuid& id) -> result<void>;

} // namespace tusker
