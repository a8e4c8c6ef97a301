#include <order/list_command.hpp>

#include <order/order_rows.hpp>
#include <order/projections/order_summary.hpp>
#include <order/row_scan.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/nearest_name.hpp>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <utility>
#include <vector>

namespace order_demo {

namespace {

using tusker::result;
using tusker::cli::exit_status;

/// The status that a name stands for; an order that is not there has none.
auto parse_status(const std::string& name) -> result<std::optional<order_status>> {
  if (name.empty())
    return std::nullopt;
  std::vector<std::string> known;
  for (const auto& [status, each] : tusker::enum_names<order_status>) {
    if (status == order_status::none)
      continue;
    if (each == name)
      return status;
    known.emplace_back(each);
  }
  return tusker::fail(tusker::cli::cli_errc::usage,
                      "there is no status '" + name + "'" + tusker::name_hint(name, known));
}

/// The newest orders first, of a customer or of all, of a status or of any.
template <class OnRow>
auto each_order(const tusker::read_rows& rows, const std::string& customer,
                std::optional<order_status> status, OnRow&& on_row) -> result<void> {
  const auto& orders = order_summary::orders;
  if (customer.empty() && status)
    return each_row(rows, orders.by(order_summary::by_status, *status), on_row);
  if (customer.empty())
    return each_row(rows, orders.by(order_summary::newest), on_row);
  // A customer has fewer orders than a status.
  return each_row(rows, orders.by(order_summary::by_customer, customer), [&](const order_summary_row& row) {
    return !status || row.status == *status ? on_row(row) : scan_step::next;
  });
}

/// A plain line and no box, so that it can be printed as it comes.
auto padded(const std::string& text, std::size_t width) -> std::string {
  auto taken = tusker::cli::text_width(text);
  return text + std::string(width - std::min(width, taken), ' ') + "  ";
}

auto line_of(const std::string& day, const std::string& status, const std::string& total,
             const std::string& customer, const std::string& id) -> std::string {
  constexpr std::size_t total_width = 14;
  auto money = std::string(total_width - std::min(total_width, total.size()), ' ') + total + "  ";
  return padded(day, 10) + padded(status, 9) + money + padded(customer, 10) + id + "\n";
}

auto text_of(const order_summary_row& row) -> std::string {
  using tusker::cli::printable;
  return line_of(printable(row.ordered_on), std::string(tusker::name_of(row.status)),
                 tusker::cli::money_text(row.total_cents), printable(row.customer_id),
                 printable(row.order_id));
}

auto json_of(const order_summary_row& row, std::uint64_t behind) -> std::string {
  auto json = tusker::encode(row);
  if (!json)
    return "{\"error\":\"the row cannot be written as JSON\"}\n";
  return tusker::cli::with_json_member(std::move(*json), "behind", std::to_string(behind)) + "\n";
}

auto print_orders(const list_options& wanted, const tusker::cli::data_options& options) -> result<void> {
  auto status = parse_status(wanted.status);
  if (!status)
    return tusker::fail(status.error());
  auto side = tusker::cli::open_read_side(options.data, tusker::open_mode::read_only);
  if (!side)
    return tusker::fail(side.error());
  auto rows = rows_of<order_summary>(*side);
  if (!rows)
    return tusker::fail(rows.error());
  auto name = std::string(order_summary::name);
  std::fputs(behind_text(name, rows->behind, options.data).c_str(), stderr);
  if (!options.as_json)
    tusker::cli::print(styled(line_of("Ordered", "Status", "Total", "Customer", "Order"),
                              tusker::cli::text_style::bold, tusker::cli::inspect_terminal(1)));
  auto left = wanted.limit.value_or(std::numeric_limits<std::uint64_t>::max());
  return each_order(rows->rows, wanted.customer, *status, [&](const order_summary_row& row) {
    tusker::cli::print(options.as_json ? json_of(row, rows->behind) : text_of(row));
    return --left == 0 ? scan_step::end : scan_step::next;
  });
}

} // namespace

auto run_list(const list_options& wanted, const tusker::cli::data_options& options) -> exit_status {
  auto printed = print_orders(wanted, options);
  if (!printed)
    return tusker::cli::report_error("order", printed.error(), options.format());
  return exit_status::ok;
}

} // namespace order_demo
