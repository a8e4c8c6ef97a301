#include <order/projections/revenue_by_day.hpp>

#include <order/projections/added_cents.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/quoted_text.hpp>

#include <string>

namespace order_demo {

namespace {

using tusker::read_model;
using tusker::result;

/// Takes the order out of those that are open.
auto take_open(const std::string& order_id, read_model& from) -> result<open_order> {
  auto found = from.get(revenue_by_day::open_orders.at(order_id));
  if (!found)
    return tusker::fail(found.error());
  if (!*found)
    return tusker::fail(tusker::model_errc::row_not_found,
                        "order " + tusker::quoted(order_id) + " is closed and was not open");
  if (auto erased = from.erase(revenue_by_day::open_orders.at(order_id)); !erased)
    return tusker::fail(erased.error());
  return std::move(**found);
}

/// Adds an order to two of its day's columns.
auto add_order(const open_order& counted, std::int64_t day_revenue::*orders, std::int64_t day_revenue::*cents,
               read_model& to) -> result<void> {
  return to.upsert(revenue_by_day::days.at(counted.day), [&](day_revenue& row) {
    ++(row.*orders);
    row.*cents = added_cents(row.*cents, counted.total_cents);
  });
}

} // namespace

auto revenue_by_day::on(const order_created& happened, const tusker::event_context& /*at*/, read_model& to)
    -> result<void> {
  auto placed = open_order{happened.order_id, happened.ordered_on, happened.total_cents};
  if (auto kept = to.put(open_orders, placed); !kept)
    return kept;
  return add_order(placed, &day_revenue::placed_orders, &day_revenue::placed_cents, to);
}

auto revenue_by_day::on(const order_confirmed& happened, const tusker::event_context& /*at*/, read_model& to)
    -> result<void> {
  auto closed = take_open(happened.order_id, to);
  if (!closed)
    return tusker::fail(closed.error());
  return add_order(*closed, &day_revenue::confirmed_orders, &day_revenue::confirmed_cents, to);
}

auto revenue_by_day::on(const order_cancelled& happened, const tusker::event_context& /*at*/, read_model& to)
    -> result<void> {
  auto closed = take_open(happened.order_id, to);
  if (!closed)
    return tusker::fail(closed.error());
  return add_order(*closed, &day_revenue::cancelled_orders, &day_revenue::cancelled_cents, to);
}

auto revenue_by_day::answer(const find_day& asked, const tusker::read_rows& from)
    -> tusker::result<find_day::answer> {
  return from.get(days.at(asked.day));
}

} // namespace order_demo
