#pragma once

#include <tusker/persistence/verify_scope.hpp>

namespace tusker {

/// Checks the two directions of `name` against each other: numbers gapless from 1 in each kind, each name under one.
/// Errors: as `lmdb_error`.
[[nodiscard]] auto verify_names(verify_scope& scope) -> result<void>;

} // namespace tusker
