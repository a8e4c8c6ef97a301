#pragma once

#include <tusker/model/schema.hpp>

#include <cstdint>
#include <string>

namespace order_demo {

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

} // namespace order_demo
