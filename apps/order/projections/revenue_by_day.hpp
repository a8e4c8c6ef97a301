#pragma once

#include <order/domain/order.hpp>
#include <order/projections/order_queries.hpp>
#include <order/projections/revenue_rows.hpp>

#include <tusker/model/projection.hpp>
#include <tusker/model/read_rows.hpp>

#include <cstdint>
#include <string_view>
#include <tuple>
#include <variant>

namespace order_demo {

/// What was placed, confirmed and cancelled, by the day that the order itself names (`ordered_on`).
struct revenue_by_day {
  static constexpr std::string_view name = "revenue_by_day";
  static constexpr std::uint32_t version = 1;
  using aggregates = std::tuple<order>;
  using event = std::variant<order_created, order_confirmed, order_cancelled>;
  using query = std::variant<find_day>;

  static constexpr auto days = tusker::table<day_revenue>("days", tusker::key(&day_revenue::day));
  /// The orders that are not closed yet: a row leaves when its order is.
  static constexpr auto open_orders =
      tusker::table<open_order>("open_orders", tusker::key(&open_order::order_id));

  static auto on(const order_created& happened, const tusker::event_context& at, tusker::read_model& to)
      -> tusker::result<void>;
  static auto on(const order_confirmed& happened, const tusker::event_context& at, tusker::read_model& to)
      -> tusker::result<void>;
  static auto on(const order_cancelled& happened, const tusker::event_context& at, tusker::read_model& to)
      -> tusker::result<void>;

  static auto answer(const find_day& asked, const tusker::read_rows& from)
      -> tusker::result<find_day::answer>;
};

static_assert(tusker::projection<revenue_by_day>);

} // namespace order_demo
