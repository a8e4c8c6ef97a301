#pragma once

#include <order/domain/order_item.hpp>
#include <order/domain/order_status.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace order_demo {

/// All that is known of one order.
struct order_state {
  order_status status = order_status::none;
  std::string order_id;
  std::string customer_id;
  std::string ordered_on;
  std::string ship_name;
  std::string ship_country;
  std::vector<order_item> items;
  std::int64_t total_cents = 0;
  std::string payment_id;    ///< Empty until it is paid.
  std::string cancel_reason; ///< Empty unless it is cancelled.

  static constexpr auto schema = tusker::snapshot(
      "OrderState", 1, tusker::field("status", &order_state::status),
      tusker::field("order_id", &order_state::order_id),
      tusker::field("customer_id", &order_state::customer_id),
      tusker::field("ordered_on", &order_state::ordered_on),
      tusker::field("ship_name", &order_state::ship_name),
      tusker::field("ship_country", &order_state::ship_country), tusker::field("items", &order_state::items),
      tusker::field("total_cents", &order_state::total_cents),
      tusker::field("payment_id", &order_state::payment_id),
      tusker::field("cancel_reason", &order_state::cancel_reason));

  friend auto operator==(const order_state&, const order_state&) -> bool = default;
};

} // namespace order_demo
