#pragma once

#include <tusker/model/named_id.hpp>
#include <tusker/model/timestamp.hpp>

#include <string_view>

namespace tusker {

/// Names one wish of a caller. A command that is sent again under its id has its effect once, and its first
/// result is given again.
using command_id = named_id<struct command_id_tag>;

/// The command id of a key that the caller already has, a request's idempotency key for example: the same key
/// at the same `time` gives the same id. `time` should be one that belongs to the request; ids in order of time
/// are cheap to store.
[[nodiscard]] auto command_id_from_key(timestamp time, std::string_view key) -> command_id;

} // namespace tusker
