#pragma once

#include <tusker/model/result.hpp>

#include <lmdb.h>

#include <filesystem>

namespace tusker {

/// Copies an environment as one commit left it, page by page, also while a writer goes on (`mdb_env_copyfd2`): the
/// writer waits only while the two meta pages are copied, and until the copy is made the file's free pages are not used
/// again. The copy is durable; its name is not yet. Errors: as `lmdb_error`; `journal_errc::io_error` when `to` is
/// there.
[[nodiscard]] auto copy_lmdb_file(MDB_env* env, const std::filesystem::path& to) -> result<void>;

} // namespace tusker
