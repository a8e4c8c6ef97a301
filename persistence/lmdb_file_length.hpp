#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/model/result.hpp>

#include <lmdb.h>

#include <filesystem>

namespace tusker {

/// Refuses a data file that was cut off: reading a page behind a file's end kills the process (SIGBUS), so this has
/// to be known before the first read. A file that is sound but ends early is made as long as LMDB takes it to be.
/// Errors: `journal_errc::corrupt`, `io_error`.
[[nodiscard]] auto check_file_length(MDB_env* env, const std::filesystem::path& file, open_mode mode)
    -> result<void>;

} // namespace tusker
