#pragma once

#include <cstdint>
#include <limits>

namespace order_demo {

/// The sum of two amounts that are not negative. Where 64 bits do not hold it, it is the most that they hold: ten
/// orders of the largest total get there, and must not stop a projection.
[[nodiscard]] constexpr auto added_cents(std::int64_t sum, std::int64_t more) -> std::int64_t {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  return sum > most - more ? most : sum + more;
}

} // namespace order_demo
