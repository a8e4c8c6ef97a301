#pragma once

#include <tusker/model/schema.hpp>

#include <cstdint>
#include <string>

namespace order_demo {

/// Wants an order's money. Sent again while there is no outcome, it has the provider asked once more.
struct request_payment {
  std::string payment_id;
  std::string order_id;
  std::string customer_id;
  std::int64_t amount_cents = 0;

  static constexpr auto schema =
      tusker::command("RequestPayment", 1, tusker::field("payment_id", &request_payment::payment_id),
                      tusker::field("order_id", &request_payment::order_id),
                      tusker::field("customer_id", &request_payment::customer_id),
                      tusker::field("amount_cents", &request_payment::amount_cents));
};

/// Says that an order's money was taken from its customer.
struct process_payment {
  std::string payment_id;
  std::string order_id;
  std::string customer_id;
  std::int64_t amount_cents = 0;

  static constexpr auto schema =
      tusker::command("ProcessPayment", 1, tusker::field("payment_id", &process_payment::payment_id),
                      tusker::field("order_id", &process_payment::order_id),
                      tusker::field("customer_id", &process_payment::customer_id),
                      tusker::field("amount_cents", &process_payment::amount_cents));
};

/// Says that an order's money cannot be had. Sent before `process_payment`, it makes that one be rejected.
struct fail_payment {
  std::string payment_id;
  std::string order_id;
  std::string reason;

  static constexpr auto schema = tusker::command(
      "FailPayment", 1, tusker::field("payment_id", &fail_payment::payment_id),
      tusker::field("order_id", &fail_payment::order_id), tusker::field("reason", &fail_payment::reason));
};

/// Gives an order's money back, and closes its payment. It may come before the outcome is known, or before the money
/// was asked for: what comes after it changes nothing.
struct refund_payment {
  std::string payment_id;
  std::string order_id;
  std::string reason;

  static constexpr auto schema = tusker::command(
      "RefundPayment", 1, tusker::field("payment_id", &refund_payment::payment_id),
      tusker::field("order_id", &refund_payment::order_id), tusker::field("reason", &refund_payment::reason));
};

} // namespace order_demo
