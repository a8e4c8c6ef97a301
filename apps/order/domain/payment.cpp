#include <order/domain/payment.hpp>

#include <order/domain/order_total.hpp>

#include <string>

namespace order_demo {

static_assert(payment_cents_max ==
                  static_cast<std::int64_t>(order_items_max) * item_quantity_max * unit_price_cents_max,
              "every order must be payable");

auto payment::decide(const state& current, const process_payment& wish, const tusker::context& /*given*/)
    -> tusker::decision<payment> {
  if (current.status != payment_status::none)
    return already_settled{current.payment_id, current.status};
  if (wish.payment_id.empty() || wish.order_id.empty() || wish.customer_id.empty())
    return invalid_payment{"payment_id, order_id and customer_id must not be empty"};
  if (wish.amount_cents < 1 || wish.amount_cents > payment_cents_max)
    return invalid_payment{"amount_cents " + std::to_string(wish.amount_cents) + " is not within 1 to " +
                           std::to_string(payment_cents_max)};
  return payment_processed{wish.order_id, wish.payment_id, wish.amount_cents};
}

auto payment::decide(const state& current, const fail_payment& wish, const tusker::context& /*given*/)
    -> tusker::decision<payment> {
  if (current.status != payment_status::none)
    return already_settled{current.payment_id, current.status};
  if (wish.payment_id.empty() || wish.order_id.empty())
    return invalid_payment{"payment_id and order_id must not be empty"};
  return payment_failed{wish.order_id, wish.payment_id, wish.reason};
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
  current.reason = happened.reason;
  return current;
}

} // namespace order_demo
