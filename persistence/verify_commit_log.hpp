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

/// Checks that the log goes on where the tables end, without a gap, that what it says can be applied, and that its
/// events are whole and follow each other. Notes faults; the report tells how far the tables are behind, and has the
/// log's head. REQUIRES: the system table was verified, and the report has the tables' head. Errors: as `lmdb_get`.
[[nodiscard]] auto verify_commit_log(verify_scope& scope, result<std::vector<owned_batch>> log)
    -> result<void>;

} // namespace tusker
