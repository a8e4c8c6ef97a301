#pragma once

#include <order/domain/payment_status.hpp>

#include <tusker/model/schema.hpp>

#include <cstdint>
#include <string>

namespace order_demo {

/// All that is known of one order's payment.
struct payment_state {
  payment_status status = payment_status::none;
  std::string order_id;
  std::string payment_id;
  std::int64_t amount_cents = 0; ///< What is asked for, was paid or given back; 0 if it failed.
  std::string reason;            ///< Why it failed or was refunded; empty otherwise.
  std::uint32_t attempts = 0;    ///< How often it was asked for.

  static constexpr auto schema = tusker::snapshot(
      "PaymentState", 2, tusker::field("status", &payment_state::status),
      tusker::field("order_id", &payment_state::order_id),
      tusker::field("payment_id", &payment_state::payment_id),
      tusker::field("amount_cents", &payment_state::amount_cents),
      tusker::field("reason", &payment_state::reason), tusker::field("attempts", &payment_state::attempts));

  friend auto operator==(const payment_state&, const payment_state&) -> bool = default;
};

} // namespace order_demo
