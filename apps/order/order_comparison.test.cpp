#include <order/order_comparison.hpp>

#include <tusker_test/catch.hpp>

#include <functional>
#include <utility>
#include <vector>

using namespace order_demo;

namespace {

auto placed() -> place_order {
  return {"a-1", "c", "1996-07-04", "name", "France", {{"s", 2, 50, 0}, {"t", 1, 7, 10}}, 106};
}

auto stored() -> order_state {
  return {order_status::pending, "a-1", "c", "1996-07-04", "name", "France", placed().items, 106, {}, {}};
}

} // namespace

TEST_CASE("an order that was placed as it is stored has no difference, whatever became of it") {
  CHECK(difference(placed(), stored()).empty());
  auto paid = stored();
  paid.status = order_status::paid;
  paid.payment_id = "p";
  CHECK(difference(placed(), paid).empty());
}

TEST_CASE("an order that is not stored is a difference") {
  CHECK(difference(placed(), {}) == "it is not there");
}

TEST_CASE("every field counts") {
  auto changes = std::vector<std::pair<std::string, std::function<void(order_state&)>>>{
      {"order_id is 'x', placed was 'a-1'", [](auto& order) { order.order_id = "x"; }},
      {"customer_id is 'x', placed was 'c'", [](auto& order) { order.customer_id = "x"; }},
      {"ordered_on is 'x', placed was '1996-07-04'", [](auto& order) { order.ordered_on = "x"; }},
      {"ship_name is 'x', placed was 'name'", [](auto& order) { order.ship_name = "x"; }},
      {"ship_country is 'x', placed was 'France'", [](auto& order) { order.ship_country = "x"; }},
      {"the number of items is 1, placed was 2", [](auto& order) { order.items.pop_back(); }},
      {"items[0].sku is 'x', placed was 's'", [](auto& order) { order.items[0].sku = "x"; }},
      {"items[0].quantity is 3, placed was 2", [](auto& order) { order.items[0].quantity = 3; }},
      {"items[1].unit_price_cents is 8, placed was 7",
       [](auto& order) { order.items[1].unit_price_cents = 8; }},
      {"items[1].discount_percent is 5, placed was 10",
       [](auto& order) { order.items[1].discount_percent = 5; }},
      {"total_cents is 1, placed was 106", [](auto& order) { order.total_cents = 1; }},
  };
  for (const auto& [expected, change] : changes) {
    auto other = stored();
    change(other);
    CHECK(difference(placed(), other) == expected);
  }
}
