#pragma once

#include <order/domain/order_item.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace order_demo {

struct order_created {
  std::string order_id;
  std::string customer_id;
  std::string ordered_on; ///< A date, `1996-07-04`.
  std::string ship_name;
  std::string ship_country;
  std::vector<order_item> items;
  std::int64_t total_cents = 0;

  static constexpr auto schema =
      tusker::event("OrderCreated", 1, tusker::field("order_id", &order_created::order_id),
                    tusker::field("customer_id", &order_created::customer_id),
                    tusker::field("ordered_on", &order_created::ordered_on),
                    tusker::field("ship_name", &order_created::ship_name),
                    tusker::field("ship_country", &order_created::ship_country),
                    tusker::field("items", &order_created::items),
                    tusker::field("total_cents", &order_created::total_cents));

  friend auto operator==(const order_created&, const order_created&) -> bool = default;
};

struct order_paid {
  std::string order_id;
  std::string payment_id;
  std::int64_t amount_cents = 0;

  static constexpr auto schema =
      tusker::event("OrderPaid", 1, tusker::field("order_id", &order_paid::order_id),
                    tusker::field("payment_id", &order_paid::payment_id),
                    tusker::field("amount_cents", &order_paid::amount_cents));
};

struct order_confirmed {
  std::string order_id;

  static constexpr auto schema =
      tusker::event("OrderConfirmed", 1, tusker::field("order_id", &order_confirmed::order_id));
};

struct order_cancelled {
  std::string order_id;
  std::string reason;

  static constexpr auto schema =
      tusker::event("OrderCancelled", 1, tusker::field("order_id", &order_cancelled::order_id),
                    tusker::field("reason", &order_cancelled::reason));
};

} // namespace order_demo
