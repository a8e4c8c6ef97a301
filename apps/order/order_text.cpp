#include <order/order_text.hpp>

#include <order/domain/order_total.hpp>

#include <tusker/cli/number_text.hpp>
#include <tusker/cli/text_style.hpp>
#include <tusker/cli/text_table.hpp>
#include <tusker/cli/text_width.hpp>

namespace order_demo {

namespace {

using tusker::cli::money_text;
using tusker::cli::text_style;

auto line(const std::string& title, const std::string& value, const tusker::cli::terminal& where)
    -> std::string {
  constexpr std::size_t title_width = 12;
  if (value.empty())
    return {};
  auto padded = title + std::string(title_width - title.size(), ' ');
  return styled(padded, text_style::dim, where) + tusker::cli::printable(value) + "\n";
}

auto item_total(const order_item& item) -> std::string {
  // A journal of another program may hold anything.
  return is_within_limits(item) ? money_text(line_total_cents(item)) : "?";
}

auto items_text(const order_state& order, const tusker::cli::terminal& where) -> std::string {
  using tusker::cli::alignment;
  tusker::cli::text_table table({{"Sku", alignment::left},
                                 {"Quantity", alignment::right},
                                 {"Unit price", alignment::right},
                                 {"Discount", alignment::right},
                                 {"Total", alignment::right}});
  for (const auto& item : order.items)
    table.add_row({item.sku, std::to_string(item.quantity), money_text(item.unit_price_cents),
                   item.discount_percent == 0 ? "" : std::to_string(item.discount_percent) + " %",
                   item_total(item)});
  table.add_rule();
  table.add_row({"Total", "", "", "", money_text(order.total_cents)});
  return table.to_text(where);
}

} // namespace

auto order_text(const stored_order& stored, const tusker::cli::terminal& where) -> std::string {
  const auto& order = stored.state;
  auto ship_to = order.ship_name + (order.ship_country.empty() ? "" : ", " + order.ship_country);
  return styled("Order " + tusker::cli::printable(order.order_id), text_style::bold, where) + "\n" +
         line("Status", std::string(tusker::name_of(order.status)), where) +
         line("Customer", order.customer_id, where) + line("Ordered on", order.ordered_on, where) +
         line("Ship to", ship_to, where) + line("Payment", order.payment_id, where) +
         line("Cancelled", order.cancel_reason, where) + items_text(order, where);
}

} // namespace order_demo
