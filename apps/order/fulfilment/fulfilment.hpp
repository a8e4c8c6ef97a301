#pragma once

#include <order/domain/order_events.hpp>
#include <order/domain/order_item.hpp>
#include <order/domain/payment_events.hpp>

#include <tusker/model/retry_policy.hpp>
#include <tusker/model/saga_table.hpp>
#include <tusker/model/typed_saga.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace order_demo {

/// How patient the fulfilment of orders is.
struct fulfilment_timing {
  /// From asking for a payment to its outcome.
  std::chrono::milliseconds payment_deadline{2'000};
  /// Of payments that got no answer in time.
  tusker::retry_policy payment_retries{.attempts_max = 5};
};

/// Why the orders are cancelled that are not fulfilled.
inline constexpr std::string_view out_of_stock = "out_of_stock";
inline constexpr std::string_view payment_declined = "payment_declined";
inline constexpr std::string_view payment_unanswered = "payment_unanswered";

/// Fulfils an order: reserves every line of it, takes the payment, confirms it. When one of these fails it gives back
/// the money and the stock, and cancels the order. Its key is the order id.
struct fulfilment {
  static constexpr std::string_view type_name = "fulfilment";

  /// What it keeps of the order that was created.
  struct state {
    std::string order_id;
    std::string customer_id;
    std::vector<order_item> items;
    std::int64_t total_cents = 0;
  };

  [[nodiscard]] static auto evolve(state current, const order_created& happened) -> state;

  [[nodiscard]] static auto table(const fulfilment_timing& timing) -> tusker::saga_table<fulfilment>;
  [[nodiscard]] static auto table() -> tusker::saga_table<fulfilment> { return table({}); }
};

static_assert(tusker::saga<fulfilment>);

/// The id of an order's payment; and of the reservation for one of its lines, counted from 0.
[[nodiscard]] auto payment_id_of(std::string_view order_id) -> std::string;
[[nodiscard]] auto reservation_id_of(std::string_view order_id, std::size_t line) -> std::string;

} // namespace order_demo
