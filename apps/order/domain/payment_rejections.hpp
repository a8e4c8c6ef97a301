#pragma once

#include <order/domain/payment_status.hpp>

#include <tusker/model/schema.hpp>

#include <cstdint>
#include <string>

namespace order_demo {

/// A command that contradicts what a payment came to: another outcome, another amount, or another payment id.
struct already_settled {
  std::string payment_id; ///< The one it was settled under.
  payment_status status = payment_status::none;

  static constexpr auto schema =
      tusker::rejection("AlreadySettled", 1, tusker::field("payment_id", &already_settled::payment_id),
                        tusker::field("status", &already_settled::status));
};

/// A command about another payment, or another amount, than the one that is being asked for.
struct payment_mismatch {
  std::string payment_id;        ///< The one that is being asked for.
  std::int64_t amount_cents = 0; ///< Its amount.

  static constexpr auto schema =
      tusker::rejection("PaymentMismatch", 1, tusker::field("payment_id", &payment_mismatch::payment_id),
                        tusker::field("amount_cents", &payment_mismatch::amount_cents));
};

/// A command without an id, or with an amount outside its limits.
struct invalid_payment {
  std::string reason;

  static constexpr auto schema =
      tusker::rejection("InvalidPayment", 1, tusker::field("reason", &invalid_payment::reason));
};

} // namespace order_demo
