#pragma once

#include <tusker/persistence/verify_scope.hpp>

namespace tusker {

/// Checks every record of `ev`: checksum, header, metadata, known numbers of names, shard; offsets gapless from 1.
/// Tells the scope the head. Errors: as `lmdb_error`.
[[nodiscard]] auto verify_events(verify_scope& scope) -> result<void>;

} // namespace tusker
