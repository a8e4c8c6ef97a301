#pragma once

#include <tusker/persistence/verify_scope.hpp>

#include <filesystem>

namespace tusker {

/// Checks `sys` against this program's format and the folder's identity file, and tells the scope the number of
/// shards. Errors: as `lmdb_error`.
[[nodiscard]] auto verify_system(verify_scope& scope, const std::filesystem::path& directory) -> result<void>;

/// Checks that the log ends where `sys` says. Errors: as `lmdb_error`. REQUIRES: `verify_events` was called.
[[nodiscard]] auto verify_applied(verify_scope& scope) -> result<void>;

} // namespace tusker
