#pragma once

#include <order/domain/payment_commands.hpp>
#include <order/domain/payment_events.hpp>
#include <order/domain/payment_rejections.hpp>
#include <order/domain/payment_state.hpp>

#include <tusker/model/aggregate.hpp>

#include <cstdint>
#include <string_view>
#include <variant>

namespace order_demo {

/// The largest payment, in cents: the largest total that an order can have.
inline constexpr std::int64_t payment_cents_max = 1'000'000'000'000'000'000;

/// The payment of one order. Its key is the order id.
///
/// Every command may come twice: one that says what is known already changes nothing. Whoever takes a payment back may
/// therefore do so at any time, and what is still under way then comes to nothing.
struct payment {
  static constexpr std::string_view type_name = "payment";

  using state = payment_state;
  using command = std::variant<process_payment, fail_payment, request_payment, refund_payment>;
  using event = std::variant<payment_processed, payment_failed, payment_requested, payment_refunded>;
  using rejection = std::variant<already_settled, invalid_payment, payment_mismatch>;

  /// Asks for the money, again if there is no outcome yet; nothing happens when there is one, or it was refunded.
  /// Rejections: `invalid_payment`; `payment_mismatch`; `already_settled` under another id or for another amount.
  [[nodiscard]] static auto decide(const state& current, const request_payment& wish,
                                   const tusker::context& given) -> tusker::decision<payment>;
  /// Nothing happens when it was processed already, or refunded meanwhile.
  /// Rejections: `invalid_payment`; `payment_mismatch`; `already_settled` otherwise.
  [[nodiscard]] static auto decide(const state& current, const process_payment& wish,
                                   const tusker::context& given) -> tusker::decision<payment>;
  /// Nothing happens when it has failed already, or was refunded meanwhile.
  /// Rejections: `invalid_payment`; `payment_mismatch`; `already_settled` otherwise.
  [[nodiscard]] static auto decide(const state& current, const fail_payment& wish,
                                   const tusker::context& given) -> tusker::decision<payment>;
  /// Nothing happens when it has failed or was refunded already.
  /// Rejections: `invalid_payment`; `payment_mismatch`; `already_settled` under another id.
  [[nodiscard]] static auto decide(const state& current, const refund_payment& wish,
                                   const tusker::context& given) -> tusker::decision<payment>;

  [[nodiscard]] static auto evolve(state current, const payment_requested& happened) -> state;
  [[nodiscard]] static auto evolve(state current, const payment_processed& happened) -> state;
  [[nodiscard]] static auto evolve(state current, const payment_failed& happened) -> state;
  [[nodiscard]] static auto evolve(state current, const payment_refunded& happened) -> state;
};

static_assert(tusker::aggregate<payment>);

} // namespace order_demo
