#include <order/order_tally.hpp>

#include <order/fulfilment/fulfilment.hpp>

#include <tusker_test/catch.hpp>

using namespace order_demo; // NOLINT(google-build-using-namespace)

TEST_CASE("a tally counts orders by how they ended, and adds up what the confirmed ones are worth") {
  order_tally tally;
  order_state order;
  order.total_cents = 500;
  order.status = order_status::confirmed;
  tally.add(order);
  tally.add(order);
  order.status = order_status::paid;
  tally.add(order);
  order.status = order_status::cancelled;
  for (auto reason : {out_of_stock, payment_declined, payment_unanswered}) {
    order.cancel_reason = reason;
    tally.add(order);
  }
  CHECK(tally == order_tally{2, 1, 1, 1, 1, 1'000});
}
