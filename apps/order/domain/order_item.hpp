#pragma once

#include <tusker/model/schema.hpp>

#include <cstdint>
#include <string>

namespace order_demo {

/// One line of an order: so many units of one article, at one price.
struct order_item {
  std::string sku;
  std::int64_t quantity = 0;
  std::int64_t unit_price_cents = 0;
  std::int64_t discount_percent = 0;

  static constexpr auto schema = tusker::record(
      "OrderItem", tusker::field("sku", &order_item::sku), tusker::field("quantity", &order_item::quantity),
      tusker::field("unit_price_cents", &order_item::unit_price_cents),
      tusker::field("discount_percent", &order_item::discount_percent));

  friend auto operator==(const order_item&, const order_item&) -> bool = default;
};

} // namespace order_demo
