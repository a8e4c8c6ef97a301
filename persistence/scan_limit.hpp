#pragma once

#include <tusker/persistence/journal_reader.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace tusker {

/// Whether a slice that holds `events` with `bytes` in all is full before one of `next_bytes`. The first always fits.
[[nodiscard]] constexpr auto is_full(std::size_t events, std::size_t bytes, std::size_t next_bytes,
                                     const read_limit& limit) -> bool {
  return events > 0 && (events >= limit.events_max || bytes + next_bytes > limit.bytes_max);
}

/// How much one read of a log looks at: what it may return 64 times over, in events and in bytes, whichever comes
/// first. So a read whose filter lets nothing through ends as well, and keeps no snapshot for long.
class scan_budget {
public:
  explicit constexpr scan_budget(const read_limit& limit)
      : events_(times(std::max<std::size_t>(limit.events_max, 1))),
        bytes_(times(std::max<std::size_t>(limit.bytes_max, 1))) {}

  [[nodiscard]] constexpr auto is_spent() const -> bool { return events_ == 0 || bytes_ == 0; }

  /// Counts an event that was looked at.
  constexpr void spend(std::size_t bytes) {
    events_ -= std::min<std::size_t>(events_, 1);
    bytes_ -= std::min(bytes_, bytes);
  }

private:
  static constexpr auto times(std::size_t wanted) -> std::size_t {
    constexpr std::size_t looked_at_per_wanted = 64;
    constexpr auto most = std::numeric_limits<std::size_t>::max();
    return wanted > most / looked_at_per_wanted ? most : wanted * looked_at_per_wanted;
  }

  std::size_t events_;
  std::size_t bytes_;
};

} // namespace tusker
