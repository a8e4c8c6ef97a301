#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/logged_batch.hpp>

#include <cstdint>
#include <filesystem>
#include <vector>

namespace tusker {

/// All whole batches in the files of a log, in order, for another process or a backup; a writer may be at work. Those
/// that were durable before the call are all there, but for those that the writer was told meanwhile to recycle: so who
/// looks afterwards how far the store has come (`batches_behind`) misses none. Of those that are appended during the
/// call some may be there; what is given is durable. Changes nothing. Errors: `journal_errc::corrupt` when a file is
/// another journal's, or its header is damaged; `unsupported_format`, `io_error`.
[[nodiscard]] auto read_commit_log(const std::filesystem::path& directory, const uuid& journal)
    -> result<std::vector<owned_batch>>;

/// Of batches that were read, those that a store lacks which has all up to `applied`. `applied` has to be looked up
/// after the batches were read. Errors: `journal_errc::corrupt` when one is missing between them: it is damaged.
[[nodiscard]] auto batches_behind(std::uint64_t applied, std::vector<owned_batch> batches)
    -> result<std::vector<owned_batch>>;

/// Whether a folder has files of a commit log. Errors: `journal_errc::io_error` when it cannot be listed.
[[nodiscard]] auto has_commit_log(const std::filesystem::path& directory) -> result<bool>;

} // namespace tusker
