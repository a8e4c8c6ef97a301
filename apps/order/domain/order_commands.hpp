#pragma once

#include <order/domain/order_item.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace order_demo {

/// Places an order. One line of `orders.ndjson` is the JSON of one such command. The total must be what
/// `order_total_cents` makes of the items.
struct place_order {
  std::string order_id;
  std::string customer_id;
  std::string ordered_on; ///< A date, `1996-07-04`.
  std::string ship_name;
  std::string ship_country;
  std::vector<order_item> items;
  std::int64_t total_cents = 0;

  static constexpr auto schema = tusker::command(
      "PlaceOrder", 1, tusker::field("order_id", &place_order::order_id),
      tusker::field("customer_id", &place_order::customer_id),
      tusker::field("ordered_on", &place_order::ordered_on),
      tusker::field("ship_name", &place_order::ship_name),
      tusker::field("ship_country", &place_order::ship_country), tusker::field("items", &place_order::items),
      tusker::field("total_cents", &place_order::total_cents));

  friend auto operator==(const place_order&, const place_order&) -> bool = default;
};

/// Says what an id of commands stands for: the placing of an order under another key. Nothing happens; but under the id
/// that it is sent with, this order's stream takes nothing else from then on.
struct bind_command_id {
  place_order to;

  static constexpr auto schema =
      tusker::command("BindCommandId", 1, tusker::field("to", &bind_command_id::to));
};

/// Says that a pending order was paid, in full.
struct mark_order_paid {
  std::string payment_id;
  std::int64_t amount_cents = 0;

  static constexpr auto schema =
      tusker::command("MarkOrderPaid", 1, tusker::field("payment_id", &mark_order_paid::payment_id),
                      tusker::field("amount_cents", &mark_order_paid::amount_cents));
};

/// Closes a paid order: it will be shipped.
struct confirm_order {
  static constexpr auto schema = tusker::command("ConfirmOrder", 1);
};

/// Closes an order that was not confirmed yet.
struct cancel_order {
  std::string reason;

  static constexpr auto schema =
      tusker::command("CancelOrder", 1, tusker::field("reason", &cancel_order::reason));
};

} // namespace order_demo
