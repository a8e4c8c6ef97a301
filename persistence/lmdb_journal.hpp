#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/journal.hpp>

#include <memory>

namespace tusker {

/// Opens or makes a journal in LMDB: one environment, one log, every append fsynced before it returns.
/// docs/storage_format.md describes the files. Errors: `journal_errc::not_found`, `locked` (another process writes),
/// `unsupported_format`, `corrupt`, `io_error`, `storage_full`; those of `check(options)`.
[[nodiscard]] auto open_lmdb_journal(const journal_options& options) -> result<std::unique_ptr<journal>>;

} // namespace tusker
