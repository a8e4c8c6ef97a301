#include <order/order_report.hpp>

#include <order/order_rows.hpp>
#include <order/projections/added_cents.hpp>
#include <order/projections/order_summary.hpp>
#include <order/projections/revenue_by_day.hpp>
#include <order/row_scan.hpp>

#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/text_table.hpp>

#include <algorithm>
#include <utility>

namespace order_demo {

namespace {

using tusker::result;
using tusker::cli::json_field;

void add_day(const day_revenue& day, day_revenue& to) {
  to.placed_orders += day.placed_orders;
  to.placed_cents = added_cents(to.placed_cents, day.placed_cents);
  to.confirmed_orders += day.confirmed_orders;
  to.confirmed_cents = added_cents(to.confirmed_cents, day.confirmed_cents);
  to.cancelled_orders += day.cancelled_orders;
  to.cancelled_cents = added_cents(to.cancelled_cents, day.cancelled_cents);
}

void add_order(const order_summary_row& row, customer_revenue& to) {
  ++to.orders;
  to.placed_cents = added_cents(to.placed_cents, row.total_cents);
  if (row.status == order_status::confirmed)
    to.confirmed_cents = added_cents(to.confirmed_cents, row.total_cents);
}

auto add_days(const tusker::cli::read_side& side, order_report& to) -> result<void> {
  auto rows = rows_of<revenue_by_day>(side);
  if (!rows)
    return tusker::fail(rows.error());
  to.revenue_behind = rows->behind;
  return each_row(rows->rows, revenue_by_day::days.all(), [&](const day_revenue& day) {
    to.days.push_back(day);
    add_day(day, to.total);
    return scan_step::next;
  });
}

auto add_customers(const tusker::cli::read_side& side, order_report& to) -> result<void> {
  auto rows = rows_of<order_summary>(side);
  if (!rows)
    return tusker::fail(rows.error());
  to.summary_behind = rows->behind;
  return each_row(rows->rows, order_summary::orders.all(), [&](const order_summary_row& row) {
    add_order(row, to.customers[row.customer_id]);
    return scan_step::next;
  });
}

void write_sums(tusker::json_writer& out, const day_revenue& sums) {
  json_field(out, "orders", sums.placed_orders);
  json_field(out, "placed_cents", sums.placed_cents);
  json_field(out, "confirmed_orders", sums.confirmed_orders);
  json_field(out, "confirmed_cents", sums.confirmed_cents);
  json_field(out, "cancelled_orders", sums.cancelled_orders);
  json_field(out, "cancelled_cents", sums.cancelled_cents);
}

using tusker::cli::grouped;
using tusker::cli::money_text;

auto count_text(std::int64_t count) -> std::string {
  return grouped(static_cast<std::uint64_t>(count));
}

auto days_text(const order_report& report, const tusker::cli::terminal& where) -> std::string {
  using tusker::cli::alignment;
  tusker::cli::text_table table({{"Day", alignment::left},
                                 {"Orders", alignment::right},
                                 {"Placed", alignment::right},
                                 {"Confirmed", alignment::right},
                                 {"Cancelled", alignment::right}});
  auto add = [&](const std::string& title, const day_revenue& day) {
    table.add_row({title, count_text(day.placed_orders), money_text(day.placed_cents),
                   money_text(day.confirmed_cents), money_text(day.cancelled_cents)});
  };
  for (const auto& day : report.days)
    add(day.day, day);
  table.add_rule();
  add("Total", report.total);
  return table.to_text(where);
}

auto customers_text(const order_report& report, const tusker::cli::terminal& where) -> std::string {
  using tusker::cli::alignment;
  tusker::cli::text_table table({{"Customer", alignment::left},
                                 {"Orders", alignment::right},
                                 {"Placed", alignment::right},
                                 {"Confirmed", alignment::right}});
  for (const auto& [id, customer] : report.customers)
    table.add_row({id, count_text(customer.orders), money_text(customer.placed_cents),
                   money_text(customer.confirmed_cents)});
  return table.to_text(where);
}

} // namespace

auto make_report(const tusker::cli::read_side& side) -> result<order_report> {
  order_report report;
  if (auto added = add_days(side, report); !added)
    return tusker::fail(added.error());
  if (auto added = add_customers(side, report); !added)
    return tusker::fail(added.error());
  return report;
}

auto report_json(const order_report& report) -> std::string {
  tusker::json_writer out;
  out.begin_object();
  write_sums(out, report.total);
  out.key("days");
  out.begin_array();
  for (const auto& day : report.days) {
    out.begin_object();
    json_field(out, "day", day.day);
    write_sums(out, day);
    out.end_object();
  }
  out.end_array();
  out.key("customers");
  out.begin_array();
  for (const auto& [id, customer] : report.customers) {
    out.begin_object();
    json_field(out, "customer_id", id);
    json_field(out, "orders", customer.orders);
    json_field(out, "placed_cents", customer.placed_cents);
    json_field(out, "confirmed_cents", customer.confirmed_cents);
    out.end_object();
  }
  out.end_array();
  json_field(out, "behind", std::max(report.summary_behind, report.revenue_behind));
  out.end_object();
  return tusker::cli::json_line(std::move(out));
}

auto report_text(const order_report& report, const tusker::cli::terminal& where) -> std::string {
  return customers_text(report, where) + days_text(report, where);
}

} // namespace order_demo
