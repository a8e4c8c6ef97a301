#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/journal.hpp>

#include <filesystem>
#include <memory>

namespace tusker::cli {

/// The journal in a folder, for reading: also while another process writes to it. Nothing is made.
/// Errors: those of `open_lmdb_journal`.
[[nodiscard]] auto open_read_only(const std::filesystem::path& directory) -> result<std::unique_ptr<journal>>;

} // namespace tusker::cli
