#pragma once

#include <order/domain/payment_status.hpp>

#include <tusker/model/schema.hpp>

#include <string>

namespace order_demo {

/// Any command for a payment that was processed or has failed, whichever command comes.
struct already_settled {
  std::string payment_id; ///< The one it was settled under.
  payment_status status = payment_status::none;

  static constexpr auto schema =
      tusker::rejection("AlreadySettled", 1, tusker::field("payment_id", &already_settled::payment_id),
                        tusker::field("status", &already_settled::status));
};

/// A command without an id, or with an amount outside its limits.
struct invalid_payment {
  std::string reason;

  static constexpr auto schema =
      tusker::rejection("InvalidPayment", 1, tusker::field("reason", &invalid_payment::reason));
};

} // namespace order_demo
