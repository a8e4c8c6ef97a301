#pragma once

#include <tusker/model/schema.hpp>

#include <cstdint>
#include <string>

namespace order_demo {

/// Takes an order's money from its customer.
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

} // namespace order_demo
