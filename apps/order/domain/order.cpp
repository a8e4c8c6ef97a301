#include <order/domain/order.hpp>

#include <order/domain/order_validation.hpp>

#include <optional>
#include <utility>

namespace order_demo {

namespace {

/// What keeps a command from an order that is not open: it was never placed, or it is closed.
auto refusal_unless_open(const order_state& current) -> std::optional<tusker::decision<order>> {
  switch (current.status) {
  case order_status::none:
    return order_not_found{};
  case order_status::confirmed:
  case order_status::cancelled:
    return order_already_closed{current.status};
  case order_status::pending:
  case order_status::paid:
    break;
  }
  return std::nullopt;
}

} // namespace

auto order::decide(const state& current, const place_order& wish, const tusker::context& /*given*/)
    -> tusker::decision<order> {
  if (current.status != order_status::none)
    return order_already_placed{current.order_id};
  if (auto fault = fault_of(wish); !fault.empty())
    return invalid_order{std::move(fault)};
  return order_created{wish.order_id,     wish.customer_id, wish.ordered_on, wish.ship_name,
                       wish.ship_country, wish.items,       wish.total_cents};
}

auto order::decide(const state& /*current*/, const bind_command_id& /*wish*/,
                   const tusker::context& /*given*/) -> tusker::decision<order> {
  return tusker::nothing_happened{};
}

auto order::decide(const state& current, const mark_order_paid& wish, const tusker::context& /*given*/)
    -> tusker::decision<order> {
  if (auto refusal = refusal_unless_open(current))
    return *std::move(refusal);
  if (current.status != order_status::pending)
    return order_not_pending{current.status};
  if (wish.amount_cents != current.total_cents)
    return wrong_payment_amount{current.total_cents, wish.amount_cents};
  return order_paid{current.order_id, wish.payment_id, wish.amount_cents};
}

auto order::decide(const state& current, const confirm_order& /*wish*/, const tusker::context& /*given*/)
    -> tusker::decision<order> {
  if (current.status == order_status::confirmed)
    return tusker::nothing_happened{};
  if (auto refusal = refusal_unless_open(current))
    return *std::move(refusal);
  if (current.status != order_status::paid)
    return order_not_paid{current.status};
  return order_confirmed{current.order_id};
}

auto order::decide(const state& current, const cancel_order& wish, const tusker::context& /*given*/)
    -> tusker::decision<order> {
  if (current.status == order_status::cancelled)
    return tusker::nothing_happened{};
  if (auto refusal = refusal_unless_open(current))
    return *std::move(refusal);
  return order_cancelled{current.order_id, wish.reason};
}

auto order::evolve(state current, const order_created& happened) -> state {
  current.status = order_status::pending;
  current.order_id = happened.order_id;
  current.customer_id = happened.customer_id;
  current.ordered_on = happened.ordered_on;
  current.ship_name = happened.ship_name;
  current.ship_country = happened.ship_country;
  current.items = happened.items;
  current.total_cents = happened.total_cents;
  return current;
}

auto order::evolve(state current, const order_paid& happened) -> state {
  current.status = order_status::paid;
  current.payment_id = happened.payment_id;
  return current;
}

auto order::evolve(state current, const order_confirmed& /*happened*/) -> state {
  current.status = order_status::confirmed;
  return current;
}

auto order::evolve(state current, const order_cancelled& happened) -> state {
  current.status = order_status::cancelled;
  current.cancel_reason = happened.reason;
  return current;
}

} // namespace order_demo
