#pragma once

#include <order/domain/order_status.hpp>

#include <tusker/model/schema.hpp>

#include <cstdint>
#include <string>

namespace order_demo {

/// `place_order` for an id that was placed before, whatever became of it.
struct order_already_placed {
  std::string order_id;

  static constexpr auto schema =
      tusker::rejection("OrderAlreadyPlaced", 1, tusker::field("order_id", &order_already_placed::order_id));
};

/// `place_order` with content that no order can have; `reason` is a sentence for people.
struct invalid_order {
  std::string reason;

  static constexpr auto schema =
      tusker::rejection("InvalidOrder", 1, tusker::field("reason", &invalid_order::reason));
};

/// Any other command for an order that was never placed.
struct order_not_found {
  static constexpr auto schema = tusker::rejection("OrderNotFound", 1);
};

/// Any other command for an order that is confirmed or cancelled.
struct order_already_closed {
  order_status status = order_status::none;

  static constexpr auto schema =
      tusker::rejection("OrderAlreadyClosed", 1, tusker::field("status", &order_already_closed::status));
};

/// `mark_order_paid` for an order that is paid.
struct order_not_pending {
  order_status status = order_status::none;

  static constexpr auto schema =
      tusker::rejection("OrderNotPending", 1, tusker::field("status", &order_not_pending::status));
};

/// `confirm_order` for an order that is not paid yet.
struct order_not_paid {
  order_status status = order_status::none;

  static constexpr auto schema =
      tusker::rejection("OrderNotPaid", 1, tusker::field("status", &order_not_paid::status));
};

/// `mark_order_paid` with another amount than the order's total.
struct wrong_payment_amount {
  std::int64_t total_cents = 0;
  std::int64_t amount_cents = 0;

  static constexpr auto schema = tusker::rejection(
      "WrongPaymentAmount", 1, tusker::field("total_cents", &wrong_payment_amount::total_cents),
      tusker::field("amount_cents", &wrong_payment_amount::amount_cents));
};

} // namespace order_demo
