#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/commit_log.hpp>
#include <tusker/persistence/lmdb_store.hpp>

#include <memory>

namespace tusker {

/// Opens the journal's commit log, or makes one, and brings LMDB up to it, durably: then all of the log may be used
/// again. REQUIRES: the owner's lock is held, and nobody reads a tail. Errors: `journal_errc::corrupt`,
/// `unsupported_format`, `storage_full`, `io_error`.
[[nodiscard]] auto recover_commit_log(const lmdb_store& store, const journal_options& options)
    -> result<std::unique_ptr<commit_log>>;

} // namespace tusker
