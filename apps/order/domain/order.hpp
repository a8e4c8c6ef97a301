#pragma once

#include <order/domain/order_commands.hpp>
#include <order/domain/order_events.hpp>
#include <order/domain/order_rejections.hpp>
#include <order/domain/order_state.hpp>

#include <tusker/model/aggregate.hpp>

#include <string_view>
#include <variant>

namespace order_demo {

/// A customer's order. Its key is its order id. The states stand in `order_status.hpp`.
struct order {
  static constexpr std::string_view type_name = "order";

  using state = order_state;
  using command = std::variant<place_order, bind_command_id, mark_order_paid, confirm_order, cancel_order>;
  using event = std::variant<order_created, order_paid, order_confirmed, order_cancelled>;
  using rejection = std::variant<order_already_placed, invalid_order, order_not_found, order_already_closed,
                                 order_not_pending, order_not_paid, wrong_payment_amount>;

  /// Rejections: `order_already_placed`, `invalid_order`.
  [[nodiscard]] static auto decide(const state& current, const place_order& wish,
                                   const tusker::context& given) -> tusker::decision<order>;
  /// Nothing happens, whatever the order is.
  [[nodiscard]] static auto decide(const state& current, const bind_command_id& wish,
                                   const tusker::context& given) -> tusker::decision<order>;
  /// Rejections: `order_not_found`, `order_already_closed`, `order_not_pending`, `wrong_payment_amount`.
  [[nodiscard]] static auto decide(const state& current, const mark_order_paid& wish,
                                   const tusker::context& given) -> tusker::decision<order>;
  /// Nothing happens when it is confirmed. Rejections: `order_not_found`, `order_already_closed`, `order_not_paid`.
  [[nodiscard]] static auto decide(const state& current, const confirm_order& wish,
                                   const tusker::context& given) -> tusker::decision<order>;
  /// Nothing happens when it is cancelled. Rejections: `order_not_found`, `order_already_closed`.
  [[nodiscard]] static auto decide(const state& current, const cancel_order& wish,
                                   const tusker::context& given) -> tusker::decision<order>;

  [[nodiscard]] static auto evolve(state current, const order_created& happened) -> state;
  [[nodiscard]] static auto evolve(state current, const order_paid& happened) -> state;
  [[nodiscard]] static auto evolve(state current, const order_confirmed& happened) -> state;
  [[nodiscard]] static auto evolve(state current, const order_cancelled& happened) -> state;
};

static_assert(tusker::aggregate<order>);

} // namespace order_demo
