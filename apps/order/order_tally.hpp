#pragma once

#include <order/domain/order_state.hpp>

#include <cstdint>

namespace order_demo {

/// How the orders of an input stand.
struct order_tally {
  std::uint64_t confirmed = 0;
  std::uint64_t out_of_stock = 0;     ///< Cancelled because a line could not be had.
  std::uint64_t payment_declined = 0; ///< Cancelled because the money could not be had.
  std::uint64_t other = 0;            ///< Cancelled for another reason.
  std::uint64_t open = 0;             ///< Neither.
  std::int64_t revenue_cents = 0;     ///< Of those that are confirmed.

  void add(const order_state& order);

  friend auto operator==(const order_tally&, const order_tally&) -> bool = default;
};

} // namespace order_demo
