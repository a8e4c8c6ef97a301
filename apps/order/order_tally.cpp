#include <order/order_tally.hpp>

#include <order/fulfilment/fulfilment.hpp>

namespace order_demo {

void order_tally::add(const order_state& order) {
  if (order.status == order_status::confirmed) {
    ++confirmed;
    revenue_cents += order.total_cents;
  } else if (order.status != order_status::cancelled) {
    ++open;
  } else if (order.cancel_reason == order_demo::out_of_stock) {
    ++out_of_stock;
  } else if (order.cancel_reason == order_demo::payment_declined) {
    ++payment_declined;
  } else {
    ++other;
  }
}

} // namespace order_demo
