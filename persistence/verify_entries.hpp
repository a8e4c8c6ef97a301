#pragma once

#include <tusker/persistence/verify_scope.hpp>

namespace tusker {

/// Checks what is stored besides events and names: receipts, snapshots, timers, outbox entries, notes, owners of
/// shards. Each is whole, and in a shard that there is: the right one where that can be told. Errors: as `lmdb_error`.
/// REQUIRES: `verify_events` was called.
[[nodiscard]] auto verify_entries(verify_scope& scope) -> result<void>;

} // namespace tusker
