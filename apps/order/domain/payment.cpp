#include <order/domain/payment.hpp>

#include <order/domain/order_total.hpp>

#include <optional>
#include <string>
#include <utility>

namespace order_demo {

static_assert(payment_cents_max ==
                  static_cast<std::int64_t>(order_items_max) * item_quantity_max * unit_price_cents_max,
              "every order must be payable");

namespace {

/// Says why no order can have such a payment; empty when it can.
auto fault_of(const std::string& payment_id, const std::string& order_id, const std::string& customer_id,
              std::int64_t amount_cents) -> std::string {
  if (payment_id.empty() || order_id.empty() || customer_id.empty())
    return "payment_id, order_id and customer_id must not be empty";
  if (amount_cents < 1 || amount_cents > payment_cents_max)
    return "amount_cents " + std::to_string(amount_cents) + " is not within 1 to " +
           std::to_string(payment_cents_max);
  return {};
}

/// Says why this names no payment; empty when it does.
auto fault_of(const std::string& payment_id, const std::string& order_id) -> std::string {
  return payment_id.empty() || order_id.empty() ? "payment_id and order_id must not be empty" : "";
}

auto contradiction_to(const payment_state& current) -> tusker::decision<payment> {
  if (current.status == payment_status::requested)
    return payment_mismatch{current.payment_id, current.amount_cents};
  return already_settled{current.payment_id, current.status};
}

auto is_other_payment(const payment_state& current, const std::string& payment_id) -> bool {
  return current.status != payment_status::none && current.payment_id != payment_id;
}

/// Whether another amount is asked for, or was paid, than this one.
auto is_other_amount(const payment_state& current, std::int64_t amount_cents) -> bool {
  auto is_known = current.status == payment_status::requested || current.status == payment_status::processed;
  return is_known && current.amount_cents != amount_cents;
}

/// Why a wish about an amount cannot be, if it cannot.
template <class Wish>
auto refusal_of(const payment_state& current, const Wish& wish) -> std::optional<tusker::decision<payment>> {
  if (auto fault = fault_of(wish.payment_id, wish.order_id, wish.customer_id, wish.amount_cents);
      !fault.empty())
    return invalid_payment{fault};
  if (is_other_payment(current, wish.payment_id) || is_other_amount(current, wish.amount_cents))
    return contradiction_to(current);
  return std::nullopt;
}

} // namespace

auto payment::decide(const state& current, const request_payment& wish, const tusker::context& /*given*/)
    -> tusker::decision<payment> {
  if (auto refusal = refusal_of(current, wish))
    return *std::move(refusal);
  switch (current.status) {
  case payment_status::none:
  case payment_status::requested:
    break;
  case payment_status::processed:
  case payment_status::failed:
  case payment_status::refunded:
    return tusker::nothing_happened{};
  }
  return payment_requested{wish.order_id, wish.payment_id, wish.customer_id, wish.amount_cents,
                           current.attempts + 1};
}

auto payment::decide(const state& current, const process_payment& wish, const tusker::context& /*given*/)
    -> tusker::decision<payment> {
  if (auto refusal = refusal_of(current, wish))
    return *std::move(refusal);
  switch (current.status) {
  case payment_status::none:
  case payment_status::requested:
    break;
  case payment_status::failed:
    return contradiction_to(current);
  case payment_status::processed:
  case payment_status::refunded: // It is not paid: the provider gives back what it took.
    return tusker::nothing_happened{};
  }
  return payment_processed{wish.order_id, wish.payment_id, wish.amount_cents};
}

auto payment::decide(const state& current, const fail_payment& wish, const tusker::context& /*given*/)
    -> tusker::decision<payment> {
  if (auto fault = fault_of(wish.payment_id, wish.order_id); !fault.empty())
    return invalid_payment{fault};
  if (is_other_payment(current, wish.payment_id) || current.status == payment_status::processed)
    return contradiction_to(current);
  if (current.status == payment_status::failed || current.status == payment_status::refunded)
    return tusker::nothing_happened{};
  return payment_failed{wish.order_id, wish.payment_id, wish.reason};
}

auto payment::decide(const state& current, const refund_payment& wish, const tusker::context& /*given*/)
    -> tusker::decision<payment> {
  if (auto fault = fault_of(wish.payment_id, wish.order_id); !fault.empty())
    return invalid_payment{fault};
  if (is_other_payment(current, wish.payment_id))
    return contradiction_to(current);
  if (current.status == payment_status::failed || current.status == payment_status::refunded)
    return tusker::nothing_happened{};
  auto paid_cents = current.status == payment_status::processed ? current.amount_cents : 0;
  return payment_refunded{wish.order_id, wish.payment_id, paid_cents, wish.reason};
}

auto payment::evolve(state current, const payment_requested& happened) -> state {
  current.status = payment_status::requested;
  current.order_id = happened.order_id;
  current.payment_id = happened.payment_id;
  current.amount_cents = happened.amount_cents;
  current.attempts = happened.attempt;
  return current;
}

auto payment::evolve(state current, const payment_processed& happened) -> state {
  current.status = payment_status::processed;
  current.order_id = happened.order_id;
  current.payment_id = happened.payment_id;
  current.amount_cents = happened.amount_cents;
  return current;
}

auto payment::evolve(state current, const payment_failed& happened) -> state {
  current.status = payment_status::failed;
  current.order_id = happened.order_id;
  current.payment_id = happened.payment_id;
  current.amount_cents = 0;
  current.reason = happened.reason;
  return current;
}

auto payment::evolve(state current, const payment_refunded& happened) -> state {
  current.status = payment_status::refunded;
  current.order_id = happened.order_id;
  current.payment_id = happened.payment_id;
  current.amount_cents = happened.amount_cents;
  current.reason = happened.reason;
  return current;
}

} // namespace order_demo
