#pragma once

#include <order/domain/order.hpp>
#include <order/projections/order_queries.hpp>
#include <order/projections/order_summary_row.hpp>

#include <tusker/model/projection.hpp>
#include <tusker/model/read_rows.hpp>

#include <cstdint>
#include <string_view>
#include <tuple>
#include <variant>

namespace order_demo {

/// A row for each order: what it is now, and since when.
///
/// Its indexes have the newest first: the latest `ordered_on`, of one day the one that came into the journal last. The
/// clock says nothing there: it may step back, and the orders of a file come at one moment.
struct order_summary {
  static constexpr std::string_view name = "order_summary";
  static constexpr std::uint32_t version = 1;
  using aggregates = std::tuple<order>;
  using event = std::variant<order_created, order_paid, order_confirmed, order_cancelled>;
  using query = std::variant<find_order>;

  static constexpr auto newest = tusker::index("newest", tusker::descending(&order_summary_row::ordered_on),
                                               tusker::descending(&order_summary_row::place));
  static constexpr auto by_customer = tusker::index("by_customer", &order_summary_row::customer_id,
                                                    tusker::descending(&order_summary_row::ordered_on),
                                                    tusker::descending(&order_summary_row::place));
  static constexpr auto by_status = tusker::index("by_status", &order_summary_row::status,
                                                  tusker::descending(&order_summary_row::ordered_on),
                                                  tusker::descending(&order_summary_row::place));
  static constexpr auto orders = tusker::table<order_summary_row>(
      "orders", tusker::key(&order_summary_row::order_id), newest, by_customer, by_status);

  static auto on(const order_created& happened, const tusker::event_context& at, tusker::read_model& to)
      -> tusker::result<void>;
  static auto on(const order_paid& happened, const tusker::event_context& at, tusker::read_model& to)
      -> tusker::result<void>;
  static auto on(const order_confirmed& happened, const tusker::event_context& at, tusker::read_model& to)
      -> tusker::result<void>;
  static auto on(const order_cancelled& happened, const tusker::event_context& at, tusker::read_model& to)
      -> tusker::result<void>;

  static auto answer(const find_order& asked, const tusker::read_rows& from)
      -> tusker::result<find_order::answer>;
};

static_assert(tusker::projection<order_summary>);

} // namespace order_demo
