#pragma once

#include <chrono>
#include <cstdint>

namespace tusker {

/// How long a command waits that a part of the node sends of its own accord and that found no room, after so many
/// refusals in a row before this one: 100 ms, 200 ms, … 3.2 s.
[[nodiscard]] auto room_delay(std::uint32_t refusals) -> std::chrono::milliseconds;

} // namespace tusker
