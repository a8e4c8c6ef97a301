#pragma once

#include <tusker/model/timestamp.hpp>
#include <tusker/model/uuid.hpp>

namespace tusker {

/// A new UUIDv7 of that time. Safe for threads.
[[nodiscard]] auto random_uuid(timestamp time) -> uuid;

} // namespace tusker
