#pragma once

#include <tusker/persistence/verify_read_scope.hpp>

namespace tusker {

/// Checks what a read store says of itself, its projections, models, offsets and tables: each entry is whole, and what
/// it names is there. Notes the row tables, and those that are gone, for `verify_read_rows`.
/// Errors: `journal_errc::unsupported_format` for the store of another format; as `lmdb_error`.
[[nodiscard]] auto verify_read_directory(verify_read_scope& scope) -> result<void>;

} // namespace tusker
