#include <order/domain/order.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/model/given_when_then.hpp>

#include <tusker_test/catch.hpp>

using namespace order_demo; // NOLINT(google-build-using-namespace): the sentences read better without it
using tusker::given;

namespace {

/// Two lines: 3 × 10.00 less 10 % is 27.00, and 1 × 5.00.
auto wish() -> place_order {
  return {"o-1", "c-1", "2025-03-01", "Ann", "France", {{"sku-1", 3, 1000, 10}, {"sku-2", 1, 500, 0}}, 3200};
}

auto created() -> order_created {
  return {"o-1", "c-1", "2025-03-01", "Ann", "France", {{"sku-1", 3, 1000, 10}, {"sku-2", 1, 500, 0}}, 3200};
}

auto paid() -> order_paid {
  return {"o-1", "p-1", 3200};
}

auto confirmed() -> order_confirmed {
  return {"o-1"};
}

auto cancelled() -> order_cancelled {
  return {"o-1", "changed my mind"};
}

auto pay() -> mark_order_paid {
  return {"p-1", 3200};
}

auto cancel() -> cancel_order {
  return {"changed my mind"};
}

} // namespace

TEST_CASE("an order that was never placed can be placed and nothing else") {
  CHECK(given<order>().when(wish()).then(created()));
  CHECK(given<order>().when(pay()).then(order_not_found{}));
  CHECK(given<order>().when(confirm_order{}).then(order_not_found{}));
  CHECK(given<order>().when(cancel()).then(order_not_found{}));
}

TEST_CASE("a pending order can be paid or cancelled but not confirmed") {
  CHECK(given<order>(created()).when(pay()).then(paid()));
  CHECK(given<order>(created()).when(cancel()).then(cancelled()));
  CHECK(given<order>(created()).when(confirm_order{}).then(order_not_paid{order_status::pending}));
}

TEST_CASE("a paid order can be confirmed or cancelled but not paid again") {
  CHECK(given<order>(created(), paid()).when(confirm_order{}).then(confirmed()));
  CHECK(given<order>(created(), paid()).when(cancel()).then(cancelled()));
  CHECK(given<order>(created(), paid()).when(pay()).then(order_not_pending{order_status::paid}));
}

TEST_CASE("a confirmed order is closed to all commands but for one that confirms it again") {
  auto closed = order_already_closed{order_status::confirmed};
  CHECK(given<order>(created(), paid(), confirmed()).when(pay()).then(closed));
  CHECK(given<order>(created(), paid(), confirmed()).when(confirm_order{}).then_nothing_happened());
  CHECK(given<order>(created(), paid(), confirmed()).when(cancel()).then(closed));
}

TEST_CASE("a cancelled order is closed to all commands but for one that cancels it again") {
  auto closed = order_already_closed{order_status::cancelled};
  CHECK(given<order>(created(), cancelled()).when(pay()).then(closed));
  CHECK(given<order>(created(), cancelled()).when(confirm_order{}).then(closed));
  CHECK(given<order>(created(), cancelled()).when(cancel()).then_nothing_happened());
  CHECK(given<order>(created(), paid(), cancelled()).when(confirm_order{}).then(closed));
}

TEST_CASE("an order id is used once whatever became of the order") {
  auto refused = order_already_placed{"o-1"};
  CHECK(given<order>(created()).when(wish()).then(refused));
  CHECK(given<order>(created(), paid()).when(wish()).then(refused));
  CHECK(given<order>(created(), paid(), confirmed()).when(wish()).then(refused));
  CHECK(given<order>(created(), cancelled()).when(wish()).then(refused));
}

TEST_CASE("an order is paid in full or not at all") {
  CHECK(given<order>(created()).when(mark_order_paid{"p-1", 3199}).then(wrong_payment_amount{3200, 3199}));
  CHECK(given<order>(created()).when(mark_order_paid{"p-1", 3201}).then(wrong_payment_amount{3200, 3201}));
  CHECK(given<order>(created()).when(mark_order_paid{"p-1", -3200}).then(wrong_payment_amount{3200, -3200}));
}

TEST_CASE("a command id is bound to another order whatever became of this one, which is as it was") {
  auto bind = bind_command_id{wish()};
  CHECK(given<order>().when(bind).then_nothing_happened());
  CHECK(given<order>(created()).when(bind).then_nothing_happened());
  CHECK(given<order>(created(), cancelled()).when(bind).then_nothing_happened());
}

TEST_CASE("an order's state holds what its events said") {
  auto state = order::evolve(order::evolve({}, created()), paid());
  CHECK(state == order_state{order_status::paid, "o-1", "c-1", "2025-03-01", "Ann", "France", created().items,
                             3200, "p-1", ""});
  state = order::evolve(std::move(state), cancelled());
  CHECK(state.status == order_status::cancelled);
  CHECK(state.cancel_reason == "changed my mind");
}

TEST_CASE("an order's state is shown with the name of its status") {
  auto json = tusker::encode(order::evolve({}, created()));
  REQUIRE(json);
  CHECK(json->find(R"("status":"pending")") != std::string::npos);
}

TEST_CASE("a line of the Northwind orders is a place order command as it stands") {
  // Two of its lines end in half a cent: only rounding each line up by itself gives this total.
  const std::string line =
      R"({"order_id":"nw-10605","customer_id":"MEREP","ordered_on":"1997-07-21","ship_name":"Mère Paillarde",)"
      R"("ship_country":"Canada","items":[)"
      R"({"sku":"NW-016","quantity":30,"unit_price_cents":1745,"discount_percent":5},)"
      R"({"sku":"NW-059","quantity":20,"unit_price_cents":5500,"discount_percent":5},)"
      R"({"sku":"NW-060","quantity":70,"unit_price_cents":3400,"discount_percent":5},)"
      R"({"sku":"NW-071","quantity":15,"unit_price_cents":2150,"discount_percent":5}],"total_cents":410971})";
  auto wish = tusker::decode<place_order>(line);
  REQUIRE(wish);
  CHECK(tusker::encode(*wish) == line);
  CHECK(given<order>().when(*wish).then(order_created{wish->order_id, wish->customer_id, wish->ordered_on,
                                                      wish->ship_name, wish->ship_country, wish->items,
                                                      410971}));
}
