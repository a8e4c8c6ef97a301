#pragma once

#include <tusker/model/result.hpp>

#include <filesystem>

namespace tusker {

/// Makes what is in LMDB's meta pages durable, and lets memory forget them, so that they are read from the disk: where
/// a write of one failed, memory may go on to say what the disk does not know, and a commit log must not be given up
/// on its word. Errors: `journal_errc::storage_full`, `io_error`. REQUIRES: nobody in this process has the file open;
/// there need be none.
[[nodiscard]] auto settle_lmdb_metas(const std::filesystem::path& file) -> result<void>;

} // namespace tusker
