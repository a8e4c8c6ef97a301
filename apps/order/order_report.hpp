#pragma once

#include <order/projections/revenue_rows.hpp>

#include <tusker/cli/read_side.hpp>
#include <tusker/cli/terminal.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace order_demo {

/// What a customer has ordered, cancelled orders included.
struct customer_revenue {
  std::int64_t orders = 0;
  std::int64_t placed_cents = 0;
  std::int64_t confirmed_cents = 0;
};

/// What all orders come to.
struct order_report {
  day_revenue total;                                 ///< Of all days.
  std::vector<day_revenue> days;                     ///< In order.
  std::map<std::string, customer_revenue> customers; ///< By id.
  /// How many events the rows of each projection lack. The customers are those of `order_summary`, the rest is
  /// `revenue_by_day`'s.
  std::uint64_t summary_behind = 0;
  std::uint64_t revenue_behind = 0;
};

/// Makes the report of the rows that are there. Errors: as `rows_of`.
[[nodiscard]] auto make_report(const tusker::cli::read_side& side) -> tusker::result<order_report>;

/// One line: `orders`, `placed_cents`, `confirmed_orders`, `confirmed_cents`, `cancelled_orders`, `cancelled_cents`,
/// `days` (an array of objects with the same of each day, and `day`), `customers` (an array with `customer_id`,
/// `orders`, `placed_cents`, `confirmed_cents`), and `behind`: how many events of the journal the rows lack.
[[nodiscard]] auto report_json(const order_report& report) -> std::string;

/// Tables: the days, the customers, and all together.
[[nodiscard]] auto report_text(const order_report& report, const tusker::cli::terminal& where) -> std::string;

} // namespace order_demo
