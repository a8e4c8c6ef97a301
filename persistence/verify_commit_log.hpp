#pragma once

#include <tusker/model/result.hpp>
#include <tusker/persistence/logged_batch.hpp>
#include <tusker/persistence/verify_scope.hpp>

#include <filesystem>
#include <vector>

namespace tusker {

/// The batches of the journal's commit log, if it has one. To be read before the snapshot that is verified is taken.
/// Errors: as `read_commit_log`.
[[nodiscard]] auto read_log_to_verify(const std::filesystem::path& directory)
    -> result<std::vector<owned_batch>>;

/// Checks that the log goes on where the tables end, without a gap, and that what it says can be applied. Notes faults;
/// the report tells how far the tables are behind. REQUIRES: the system table was verified. Errors: as `lmdb_get`.
[[nodiscard]] auto verify_commit_log(verify_scope& scope, result<std::vector<owned_batch>> log)
    -> result<void>;

} // namespace tusker
