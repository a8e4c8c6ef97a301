#pragma once

#include <tusker/model/schema.hpp>

#include <cstdint>
#include <string>

namespace order_demo {

/// What the orders of one day are worth. A sum that 64 bits do not hold stands at the most that they hold.
struct day_revenue {
  std::string day; ///< A date, `1996-07-04`.
  std::int64_t placed_orders = 0;
  std::int64_t placed_cents = 0;
  std::int64_t confirmed_orders = 0;
  std::int64_t confirmed_cents = 0;
  std::int64_t cancelled_orders = 0;
  std::int64_t cancelled_cents = 0;

  static constexpr auto schema =
      tusker::record("DayRevenue", tusker::field("day", &day_revenue::day),
                     tusker::field("placed_orders", &day_revenue::placed_orders),
                     tusker::field("placed_cents", &day_revenue::placed_cents),
                     tusker::field("confirmed_orders", &day_revenue::confirmed_orders),
                     tusker::field("confirmed_cents", &day_revenue::confirmed_cents),
                     tusker::field("cancelled_orders", &day_revenue::cancelled_orders),
                     tusker::field("cancelled_cents", &day_revenue::cancelled_cents));

  friend auto operator==(const day_revenue&, const day_revenue&) -> bool = default;
};

/// What the events that close an order do not say of it.
struct open_order {
  std::string order_id;
  std::string day;
  std::int64_t total_cents = 0;

  static constexpr auto schema = tusker::record("OpenOrder", tusker::field("order_id", &open_order::order_id),
                                                tusker::field("day", &open_order::day),
                                                tusker::field("total_cents", &open_order::total_cents));

  friend auto operator==(const open_order&, const open_order&) -> bool = default;
};

} // namespace order_demo
