#pragma once

#include <order/payments/charge_answer.hpp>
#include <order/payments/charge_request.hpp>
#include <order/payments/refund_outcome.hpp>

#include <tusker/model/result.hpp>

#include <string>

namespace order_demo {

/// Somebody outside who takes and gives back money. Both calls are idempotent by payment id, may block, and may be made
/// by several threads at once.
class payment_provider {
public:
  payment_provider() = default;
  payment_provider(const payment_provider&) = delete;
  auto operator=(const payment_provider&) -> payment_provider& = delete;
  virtual ~payment_provider() = default;

  /// Takes the money. Once a payment was charged or declined, that is the answer to every further request for it.
  [[nodiscard]] virtual auto charge(const charge_request& request) -> charge_answer = 0;

  /// Gives back what was taken. A payment that was never charged is voided: a later charge of it is declined with the
  /// reason `voided`. Errors: the provider's; it may or may not have happened, and can be asked for again.
  [[nodiscard]] virtual auto refund(const std::string& payment_id) -> tusker::result<refund_outcome> = 0;
};

} // namespace order_demo
