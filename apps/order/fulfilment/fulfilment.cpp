#include <order/fulfilment/fulfilment.hpp>

#include <order/domain/inventory.hpp>
#include <order/domain/order.hpp>
#include <order/domain/payment.hpp>

#include <utility>

namespace order_demo {

namespace {

using state = fulfilment::state;
using tusker::saga_failure;
using tusker::to;

/// Lines of one order that are reserved at one time.
constexpr std::size_t lines_at_once = 8;

/// Of commands that nobody answered, and that change nothing when they come again.
constexpr tusker::retry_policy closing_retries{.attempts_max = 5};

auto line_count(const state& order) -> std::size_t {
  return order.items.size();
}

auto reserve(const state& order, std::size_t line) {
  const auto& item = order.items[line];
  return to(item.sku,
            reserve_stock{item.sku, reservation_id_of(order.order_id, line), order.order_id, item.quantity});
}

auto release(const state& order, std::size_t line) {
  const auto& item = order.items[line];
  return to(item.sku, release_stock{item.sku, reservation_id_of(order.order_id, line), order.order_id});
}

auto take_payment(const state& order) {
  return to(order.order_id, request_payment{payment_id_of(order.order_id), order.order_id, order.customer_id,
                                            order.total_cents});
}

auto give_back(const state& order, const saga_failure& why) {
  return to(order.order_id, refund_payment{payment_id_of(order.order_id), order.order_id, why.why});
}

auto mark_paid(const state& order) {
  return to(order.order_id, mark_order_paid{payment_id_of(order.order_id), order.total_cents});
}

auto confirm(const state& order) {
  return to(order.order_id, confirm_order{});
}

auto reason_of(const saga_failure& why) -> std::string {
  if (why.step == "reserve" && why.why == inventory_reservation_failed::schema.name)
    return std::string(out_of_stock);
  if (why.step == "payment")
    return std::string(why.why == payment_failed::schema.name ? payment_declined : payment_unanswered);
  return why.step + ": " + why.why;
}

auto cancel(const state& order, const saga_failure& why) {
  return to(order.order_id, cancel_order{reason_of(why)});
}

} // namespace

auto payment_id_of(std::string_view order_id) -> std::string {
  return "pay-" + std::string(order_id);
}

auto reservation_id_of(std::string_view order_id, std::size_t line) -> std::string {
  return std::string(order_id) + "/" + std::to_string(line);
}

auto fulfilment::evolve(state current, const order_created& happened) -> state {
  current.order_id = happened.order_id;
  current.customer_id = happened.customer_id;
  current.items = happened.items;
  current.total_cents = happened.total_cents;
  return current;
}

auto fulfilment::table(const fulfilment_timing& timing) -> tusker::saga_table<fulfilment> {
  return tusker::saga_table<fulfilment>(1)
      .start<order, order_created>(&order_created::order_id)
      .undo<order>(cancel)

      .for_each("reserve", line_count, lines_at_once)
      .send<inventory>(reserve)
      .ok<inventory_reserved>()
      .fail<inventory_reservation_failed>()
      .undo<inventory>(release)

      .step("payment")
      .send<payment>(take_payment)
      .ok<payment, payment_processed>(&payment_processed::order_id)
      .fail<payment, payment_failed>(&payment_failed::order_id)
      .deadline(timing.payment_deadline)
      .retry(timing.payment_retries)
      .undo<payment>(give_back)

      .step("mark-paid")
      .send<order>(mark_paid)
      .ok_if_rejected<order_not_pending>()
      .retry(closing_retries)
      // Once it was to be confirmed it is cancelled before anything is given back: one that was confirmed after all
      // refuses, and keeps everything.
      .undo<order>(cancel)

      .step("confirm")
      .send<order>(confirm)
      .retry(closing_retries)
      .undo<order>(cancel);
}

} // namespace order_demo
