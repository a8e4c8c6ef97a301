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
struct payment {
  static constexpr std::string_view type_name = "payment";

  using state = payment_state;
  using command = std::variant<process_payment, fail_payment>;
  using event = std::variant<payment_processed, payment_failed>;
  using rejection = std::variant<already_settled, invalid_payment>;

  /// Rejections: `already_settled`, `invalid_payment`.
  [[nodiscard]] static auto decide(const state& current, const process_payment& wish,
                                   const tusker::context& given) -> tusker::decision<payment>;
  /// Rejections: `already_settled`, `invalid_payment`.
  [[nodiscard]] static auto decide(const state& current, const fail_payment& wish,
                                   const tusker::context& given) -> tusker::decision<payment>;

  [[nodiscard]] static auto evolve(state current, const payment_processed& happened) -> state;
  [[nodiscard]] static auto evolve(state current, const payment_failed& happened) -> state;
};

static_assert(tusker::aggregate<payment>);

} // namespace order_demo
