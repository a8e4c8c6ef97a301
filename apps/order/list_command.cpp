#include <order/list_command.hpp>

#include <order/order_rows.hpp>
#include <order/order_status_name.hpp>
#include <order/projections/order_summary.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/number_text.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/row_page.hpp>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace order_demo {

namespace {

using tusker::result;
using tusker::cli::exit_status;

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

/// Prints orders as they are read.
class order_list {
public:
  order_list(const tusker::cli::read_side& side, const list_options& wanted,
             const tusker::cli::data_options& options)
      : side_(side), wanted_(wanted), options_(options),
        left_(wanted.limit.value_or(std::numeric_limits<std::uint64_t>::max())) {}

  /// The newest orders first, of a customer or of all, of a status or of any.
  auto run(std::optional<order_status> status) -> result<void> {
    const auto& orders = order_summary::orders;
    if (!wanted_.customer && status)
      return print_range(orders.by(order_summary::by_status, *status), status);
    if (!wanted_.customer)
      return print_range(orders.by(order_summary::newest), status);
    // A customer has fewer orders than a status.
    return print_range(orders.by(order_summary::by_customer, *wanted_.customer), status);
  }

private:
  /// No rows are held while somebody is written to: a pipe may stand still for hours.
  template <class Range>
  auto print_range(const Range& range, std::optional<order_status> status) -> result<void> {
    tusker::page_request page;
    page.rows_max = 1'000;
    do {
      auto found = read_page(range, page);
      if (!found)
        return tusker::fail(found.error());
      begin();
      for (const auto& row : found->rows)
        if (left_ > 0 && (!status || row.status == *status))
          print_one(row);
      page.after = std::move(found->next);
    } while (left_ > 0 && !page.after.empty());
    return {};
  }

  template <class Range>
  auto read_page(const Range& range, const tusker::page_request& page)
      -> result<tusker::row_page<order_summary_row>> {
    auto rows = rows_of<order_summary>(side_);
    if (!rows)
      return tusker::fail(rows.error());
    behind_ = rows->behind;
    return rows->rows.scan(range, page);
  }

  /// What stands above the list.
  void begin() {
    if (std::exchange(has_begun_, true))
      return;
    auto name = std::string(order_summary::name);
    std::fputs(behind_text(name, behind_, options_.data).c_str(), stderr);
    if (!options_.as_json)
      tusker::cli::print(styled(line_of("Ordered", "Status", "Total", "Customer", "Order"),
                                tusker::cli::text_style::bold, tusker::cli::inspect_terminal(1)));
  }

  void print_one(const order_summary_row& row) {
    --left_;
    tusker::cli::print(options_.as_json ? json_of(row, behind_) : text_of(row));
  }

  const tusker::cli::read_side& side_;
  const list_options& wanted_;
  const tusker::cli::data_options& options_;
  std::uint64_t left_;
  std::uint64_t behind_ = 0;
  bool has_begun_ = false;
};

auto print_orders(const list_options& wanted, const tusker::cli::data_options& options) -> result<void> {
  auto status = parse_order_status(wanted.status);
  if (!status)
    return tusker::fail(status.error());
  auto side = tusker::cli::open_read_side(options.data, tusker::open_mode::read_only);
  if (!side)
    return tusker::fail(side.error());
  return order_list(*side, wanted, options).run(*status);
}

} // namespace

auto run_list(const list_options& wanted, const tusker::cli::data_options& options) -> exit_status {
  auto printed = print_orders(wanted, options);
  if (!printed)
    return tusker::cli::report_error("order", printed.error(), options.format());
  return exit_status::ok;
}

} // namespace order_demo
