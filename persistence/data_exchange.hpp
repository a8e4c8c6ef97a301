#pragma once

#include <tusker/model/result.hpp>

#include <filesystem>

namespace tusker {

/// Puts another data file in the place of a journal's, durably: at any moment there is the one or the other, whole.
/// LMDB's table of readers is that of the old file, so nobody may have it open.
/// Errors: `journal_errc::locked` while another process has the journal open, for reading too; `io_error`. Nothing was
/// changed then. REQUIRES: the caller holds the owner's lock and has not got the journal open; the other file is
/// durable and on the same file system.
[[nodiscard]] auto exchange_data_file(const std::filesystem::path& directory,
                                      const std::filesystem::path& other) -> result<void>;

} // namespace tusker
