#pragma once

#include <tusker/persistence/journal_reader.hpp>

#include <algorithm>
#include <cstddef>

namespace tusker {

/// Whether a slice that holds `events` with `bytes` in all is full before one of `next_bytes`. The first always fits.
[[nodiscard]] constexpr auto is_full(std::size_t events, std::size_t bytes, std::size_t next_bytes,
                                     const read_limit& limit) -> bool {
  return events > 0 && (events >= limit.events_max || bytes + next_bytes > limit.bytes_max);
}

/// How many events one read of a log looks at.
[[nodiscard]] constexpr auto scan_max(const read_limit& limit) -> std::size_t {
  constexpr std::size_t looked_at_per_wanted = 64;
  return std::max<std::size_t>(limit.events_max, 1) * looked_at_per_wanted;
}

} // namespace tusker
