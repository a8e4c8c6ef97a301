#pragma once

#include <tusker/persistence/verify_scope.hpp>

namespace tusker {

/// Checks `st` against `ev`, both ways: each entry points to the event that names its stream and version, each event
/// has its entry; versions are gapless from 1; streams have a name, which gives their events' shard and category.
/// Errors: as `lmdb_error`. REQUIRES: `verify_events` was called.
[[nodiscard]] auto verify_index(verify_scope& scope) -> result<void>;

} // namespace tusker
