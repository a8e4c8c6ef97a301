#include <order/domain/order_total.hpp>

#include <cassert>

namespace order_demo {

namespace {

/// Whether `value` lies between `least` and `most`, both included.
auto is_between(std::int64_t least, std::int64_t value, std::int64_t most) -> bool {
  return least <= value && value <= most;
}

} // namespace

auto is_within_limits(const order_item& item) -> bool {
  return is_between(1, item.quantity, item_quantity_max) &&
         is_between(0, item.unit_price_cents, unit_price_cents_max) &&
         is_between(0, item.discount_percent, 100);
}

auto line_total_cents(const order_item& item) -> std::int64_t {
  assert(is_within_limits(item));
  auto hundredths = item.quantity * item.unit_price_cents * (100 - item.discount_percent);
  // Nothing here is negative, so adding half of the divisor rounds half up.
  return (hundredths + 50) / 100;
}

auto order_total_cents(std::span<const order_item> items) -> std::int64_t {
  assert(items.size() <= order_items_max);
  std::int64_t total_cents = 0;
  for (const auto& item : items)
    total_cents += line_total_cents(item);
  return total_cents;
}

} // namespace order_demo
