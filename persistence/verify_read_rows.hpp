#pragma once

#include <tusker/persistence/verify_read_scope.hpp>

namespace tusker {

/// Checks each row and index entry: its checksum, that its table is there, that each index key of a row has its entry
/// and each entry the row that names it, and that a table has as many rows as it says. Of tables that are gone only the
/// checksums. Errors: as `lmdb_error`. REQUIRES: `verify_read_directory` went before.
[[nodiscard]] auto verify_read_rows(verify_read_scope& scope) -> result<void>;

} // namespace tusker
