#pragma once

#include <tusker/persistence/verify_scope.hpp>

namespace tusker {

/// Checks `smeta` and `sname` against each other: numbers gapless from 1, each name under one number.
/// Errors: as `lmdb_error`.
[[nodiscard]] auto verify_streams(verify_scope& scope) -> result<void>;

} // namespace tusker
