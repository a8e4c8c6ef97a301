#include <order/order_comparison.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace order_demo {

namespace {

auto shown(const std::string& text) -> std::string {
  return "'" + text + "'";
}

auto shown(std::int64_t number) -> std::string {
  return std::to_string(number);
}

/// Collects the first difference of several fields.
class comparison {
public:
  template <class Value>
  void compare(const std::string& name, const Value& placed, const Value& stored) {
    if (found_.empty() && placed != stored)
      found_ = name + " is " + shown(stored) + ", placed was " + shown(placed);
  }

  void compare(const std::string& name, const order_item& placed, const order_item& stored) {
    compare(name + ".sku", placed.sku, stored.sku);
    compare(name + ".quantity", placed.quantity, stored.quantity);
    compare(name + ".unit_price_cents", placed.unit_price_cents, stored.unit_price_cents);
    compare(name + ".discount_percent", placed.discount_percent, stored.discount_percent);
  }

  auto found() && -> std::string { return std::move(found_); }

private:
  std::string found_;
};

} // namespace

auto difference(const place_order& placed, const order_state& stored) -> std::string {
  if (stored.status == order_status::none)
    return "it is not there";
  comparison fields;
  fields.compare("order_id", placed.order_id, stored.order_id);
  fields.compare("customer_id", placed.customer_id, stored.customer_id);
  fields.compare("ordered_on", placed.ordered_on, stored.ordered_on);
  fields.compare("ship_name", placed.ship_name, stored.ship_name);
  fields.compare("ship_country", placed.ship_country, stored.ship_country);
  fields.compare("the number of items", static_cast<std::int64_t>(placed.items.size()),
                 static_cast<std::int64_t>(stored.items.size()));
  for (std::size_t at = 0; at < std::min(placed.items.size(), stored.items.size()); ++at)
    fields.compare("items[" + std::to_string(at) + "]", placed.items[at], stored.items[at]);
  fields.compare("total_cents", placed.total_cents, stored.total_cents);
  return std::move(fields).found();
}

} // namespace order_demo
