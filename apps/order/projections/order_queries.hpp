#pragma once

#include <order/projections/order_summary_row.hpp>
#include <order/projections/revenue_rows.hpp>
#include <order/projections/stock_level.hpp>

#include <tusker/model/schema.hpp>

#include <optional>
#include <string>

namespace order_demo {

/// What the projections of orders are asked: one row, or none where there is none.

struct find_order {
  using answer = std::optional<order_summary_row>;
  std::string order_id;
  static constexpr auto schema =
      tusker::query("FindOrder", 1, tusker::field("order_id", &find_order::order_id));
};

struct find_day {
  using answer = std::optional<day_revenue>;
  std::string day;
  static constexpr auto schema = tusker::query("FindDay", 1, tusker::field("day", &find_day::day));
};

struct find_stock {
  using answer = std::optional<stock_level>;
  std::string sku;
  static constexpr auto schema = tusker::query("FindStock", 1, tusker::field("sku", &find_stock::sku));
};

} // namespace order_demo
