#pragma once

#include <tusker/model/timestamp.hpp>
#include <tusker/model/uuid.hpp>

namespace tusker {

/// A new UUIDv7 of that time, with 62 random bits in each quarter of a microsecond. One of a later microsecond is
/// greater, so that keys that begin with such ids come in their order. Safe for threads.
[[nodiscard]] auto random_uuid(timestamp time) -> uuid;

} // namespace tusker
