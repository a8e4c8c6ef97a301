#pragma once

#include <tusker/model/schema.hpp>

#include <cstdint>
#include <string>

namespace order_demo {

/// The payment's provider is to be asked. Recorded again for each further attempt, under the same payment id.
struct payment_requested {
  std::string order_id;
  std::string payment_id;
  std::string customer_id;
  std::int64_t amount_cents = 0;
  std::uint32_t attempt = 0; ///< From 1.

  static constexpr auto schema =
      tusker::event("PaymentRequested", 1, tusker::field("order_id", &payment_requested::order_id),
                    tusker::field("payment_id", &payment_requested::payment_id),
                    tusker::field("customer_id", &payment_requested::customer_id),
                    tusker::field("amount_cents", &payment_requested::amount_cents),
                    tusker::field("attempt", &payment_requested::attempt));
};

struct payment_processed {
  std::string order_id;
  std::string payment_id;
  std::int64_t amount_cents = 0;

  static constexpr auto schema =
      tusker::event("PaymentProcessed", 1, tusker::field("order_id", &payment_processed::order_id),
                    tusker::field("payment_id", &payment_processed::payment_id),
                    tusker::field("amount_cents", &payment_processed::amount_cents));
};

struct payment_failed {
  std::string order_id;
  std::string payment_id;
  std::string reason;

  static constexpr auto schema =
      tusker::event("PaymentFailed", 1, tusker::field("order_id", &payment_failed::order_id),
                    tusker::field("payment_id", &payment_failed::payment_id),
                    tusker::field("reason", &payment_failed::reason));
};

/// The payment is closed, and whatever the provider took is to be given back.
struct payment_refunded {
  std::string order_id;
  std::string payment_id;
  std::int64_t amount_cents = 0; ///< What was processed; 0 when it was not yet.
  std::string reason;

  static constexpr auto schema =
      tusker::event("PaymentRefunded", 1, tusker::field("order_id", &payment_refunded::order_id),
                    tusker::field("payment_id", &payment_refunded::payment_id),
                    tusker::field("amount_cents", &payment_refunded::amount_cents),
                    tusker::field("reason", &payment_refunded::reason));
};

} // namespace order_demo
