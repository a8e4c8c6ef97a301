#pragma once

#include <tusker/model/stream_version.hpp>

#include <cstddef>
#include <cstdint>

namespace tusker {

/// Events of a stream at `version` since its snapshot at `snapshot`; 0 there means none.
[[nodiscard]] constexpr auto events_since_snapshot(stream_version version, stream_version snapshot)
    -> std::uint64_t {
  return version > snapshot ? version.value() - snapshot.value() : 0;
}

/// Whether a snapshot is worth its bytes once `every` events have come since the last; 0 takes none.
[[nodiscard]] constexpr auto is_snapshot_due(std::uint64_t since_last, std::size_t every) -> bool {
  return every > 0 && since_last >= every;
}

} // namespace tusker
