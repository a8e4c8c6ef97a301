#pragma once

#include <cstdint>

namespace tusker {

/// From an actor to itself when the earliest deadline comes; one of an older count is out of date. With count 0, from
/// whoever has a deadline that is earlier than what the actor knows of.
struct deadline_tick {
  std::uint64_t count = 0;
};

} // namespace tusker
