#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>

namespace tusker {

/// How far a journal's tables are behind its commit log.
struct commit_log_lag {
  std::uint64_t batches = 0; ///< Acknowledged commits that stand in the log alone.
  std::uint64_t bytes = 0;   ///< Of the row changes that they are.
  log_offset head;           ///< The last event, wherever it stands.
};

/// Of the journal in a folder, also while somebody writes to it; nothing is behind where there is no log. Errors: those
/// of `open_lmdb_journal` for reading and of `read_commit_log`. REQUIRES: this process does not have the journal open.
[[nodiscard]] auto measure_log_lag(const std::filesystem::path& directory) -> result<commit_log_lag>;

} // namespace tusker
