#pragma once

#include <tusker/config/read_store_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/read_store.hpp>

#include <filesystem>
#include <memory>

namespace tusker {

/// Opens or makes a read store in LMDB, in an environment of its own: a commit is one transaction and one flush. A
/// process that writes keeps others from writing; those that only read may have it open beside it.
/// docs/read_store_format.md describes the files. Errors: those of `check(options)`; `journal_errc::not_found`,
/// `locked`, `unsupported_format`, `corrupt`, `io_error`, `storage_full`; `read_store_errc::other_journal`. After
/// `corrupt`, `unsupported_format` and `other_journal`: `discard_read_store`, open, build.
[[nodiscard]] auto open_lmdb_read_store(const read_store_options& options)
    -> result<std::unique_ptr<read_store>>;

/// Throws a read store away, damaged or not: the next open makes an empty one. Nothing happens where there is none.
/// Errors: `journal_errc::locked` when somebody writes to it, `unsupported_format` when it is the folder of a journal,
/// `io_error`.
[[nodiscard]] auto discard_read_store(const std::filesystem::path& directory) -> result<void>;

} // namespace tusker
