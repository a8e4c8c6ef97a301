#pragma once

#include <tusker/model/named_number.hpp>

#include <compare>

namespace tusker {

/// Which log an event stands in. A log is the unit of order: nothing is promised across logs.
using log_id = named_number<struct log_id_tag, std::uint32_t>;

/// The place of an event within its log: gapless, in commit order, never reused. The first event has offset 1;
/// 0 is the place before all events.
using log_offset = named_number<struct log_offset_tag>;

inline constexpr log_offset before_all_events{};

/// Where an event stands: comparable only between positions of the same log.
struct position {
  log_id log;
  log_offset offset;

  friend constexpr auto operator==(const position&, const position&) -> bool = default;
};

} // namespace tusker
