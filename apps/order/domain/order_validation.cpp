#include <order/domain/order_validation.hpp>

#include <order/domain/order_total.hpp>

#include <tusker/model/timestamp.hpp>

#include <algorithm>
#include <set>
#include <string_view>

namespace order_demo {

namespace {

auto fault_of_text(std::string_view name, std::string_view text, std::size_t bytes_max) -> std::string {
  if (text.size() <= bytes_max)
    return {};
  return "the " + std::string(name) + " has " + std::to_string(text.size()) + " bytes, the limit is " +
         std::to_string(bytes_max);
}

auto fault_of_name(std::string_view name, std::string_view text) -> std::string {
  return fault_of_text(name, text, order_text_bytes_max);
}

auto is_control(char c) -> bool {
  constexpr unsigned char first_printable = 0x20;
  constexpr unsigned char erase = 0x7F;
  auto byte = static_cast<unsigned char>(c);
  return byte < first_printable || byte == erase;
}

auto fault_of_id(std::string_view name, std::string_view id, std::size_t bytes_max) -> std::string {
  if (id.empty())
    return "the " + std::string(name) + " is empty";
  if (std::any_of(id.begin(), id.end(), is_control))
    return "the " + std::string(name) + " has a control character";
  return fault_of_text(name, id, bytes_max);
}

auto fault_of_date(const std::string& ordered_on) -> std::string {
  constexpr std::size_t date_bytes = 10;
  // A time of day would parse as well, but would not be a date.
  if (ordered_on.size() == date_bytes && tusker::parse_timestamp(ordered_on))
    return {};
  return "ordered_on is not a date like 1996-07-04";
}

auto outside(std::string_view name, std::int64_t value, std::int64_t least, std::int64_t most)
    -> std::string {
  if (least <= value && value <= most)
    return {};
  return std::string(name) + " " + std::to_string(value) + " is not within " + std::to_string(least) +
         " to " + std::to_string(most);
}

auto fault_of_item(const order_item& item) -> std::string {
  if (auto fault = fault_of_id("sku", item.sku, order_text_bytes_max); !fault.empty())
    return fault;
  if (auto fault = outside("quantity", item.quantity, 1, item_quantity_max); !fault.empty())
    return fault;
  if (auto fault = outside("unit_price_cents", item.unit_price_cents, 0, unit_price_cents_max);
      !fault.empty())
    return fault;
  return outside("discount_percent", item.discount_percent, 0, 100);
}

auto fault_of_items(const std::vector<order_item>& items) -> std::string {
  if (items.empty())
    return "the order has no items";
  if (items.size() > order_items_max)
    return "the order has " + std::to_string(items.size()) + " items, the limit is " +
           std::to_string(order_items_max);
  // One line for each article, so that order and article together name one reservation.
  std::set<std::string_view> skus;
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (auto fault = fault_of_item(items[at]); !fault.empty())
      return "items[" + std::to_string(at) + "]: " + fault;
    if (!skus.insert(items[at].sku).second)
      return "items[" + std::to_string(at) + "]: the sku '" + items[at].sku + "' is there twice";
  }
  return {};
}

auto fault_of_total(const place_order& wish) -> std::string {
  auto sum_cents = order_total_cents(wish.items);
  if (wish.total_cents == sum_cents)
    return {};
  return "total_cents is " + std::to_string(wish.total_cents) + ", the items add up to " +
         std::to_string(sum_cents);
}

} // namespace

auto fault_of(const place_order& wish) -> std::string {
  // The total comes last: it can only be computed from items that are within their limits.
  for (const auto& fault : {fault_of_id("order_id", wish.order_id, order_id_bytes_max),
                            fault_of_id("customer_id", wish.customer_id, order_id_bytes_max),
                            fault_of_date(wish.ordered_on), fault_of_name("ship_name", wish.ship_name),
                            fault_of_name("ship_country", wish.ship_country), fault_of_items(wish.items)})
    if (!fault.empty())
      return fault;
  return fault_of_total(wish);
}

} // namespace order_demo
