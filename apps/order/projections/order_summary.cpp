#include <order/projections/order_summary.hpp>

namespace order_demo {

auto order_summary::on(const order_created& happened, const tusker::event_context& at, tusker::read_model& to)
    -> tusker::result<void> {
  order_summary_row row;
  row.order_id = happened.order_id;
  row.customer_id = happened.customer_id;
  row.status = order_status::pending;
  row.total_cents = happened.total_cents;
  row.ordered_on = happened.ordered_on;
  row.place = at.position().offset;
  row.created = at.time();
  return to.put(orders, row);
}

auto order_summary::on(const order_paid& happened, const tusker::event_context& at, tusker::read_model& to)
    -> tusker::result<void> {
  return to.update(orders.at(happened.order_id), [&](order_summary_row& row) {
    row.status = order_status::paid;
    row.paid = at.time();
  });
}

auto order_summary::on(const order_confirmed& happened, const tusker::event_context& at,
                       tusker::read_model& to) -> tusker::result<void> {
  return to.update(orders.at(happened.order_id), [&](order_summary_row& row) {
    row.status = order_status::confirmed;
    row.confirmed = at.time();
  });
}

auto order_summary::on(const order_cancelled& happened, const tusker::event_context& at,
                       tusker::read_model& to) -> tusker::result<void> {
  return to.update(orders.at(happened.order_id), [&](order_summary_row& row) {
    row.status = order_status::cancelled;
    row.cancelled = at.time();
    row.cancel_reason = happened.reason;
  });
}

auto order_summary::answer(const find_order& asked, const tusker::read_rows& from)
    -> tusker::result<find_order::answer> {
  return from.get(orders.at(asked.order_id));
}

} // namespace order_demo
