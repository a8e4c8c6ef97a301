#include <order/domain/order_total.hpp>

#include <tusker_test/catch.hpp>

#include <vector>

using namespace order_demo; // NOLINT(google-build-using-namespace)

TEST_CASE("a line costs quantity times price less the discount") {
  CHECK(line_total_cents({"s", 12, 1400, 0}) == 16800);
  CHECK(line_total_cents({"s", 35, 4240, 15}) == 126140);
  CHECK(line_total_cents({"s", 7, 1000, 100}) == 0);
  CHECK(line_total_cents({"s", 7, 0, 5}) == 0);
}

TEST_CASE("half a cent of a line is rounded up and less is dropped") {
  CHECK(line_total_cents({"s", 1, 50, 1}) == 50);   // 49.50
  CHECK(line_total_cents({"s", 1, 149, 1}) == 148); // 147.51
  CHECK(line_total_cents({"s", 1, 101, 50}) == 51); // 50.50: half to even would give 50
  CHECK(line_total_cents({"s", 1, 51, 1}) == 50);   // 50.49
}

TEST_CASE("a total is the sum of lines that were rounded by themselves") {
  // Together the lines are worth 101.00; each of them is 50.50.
  auto items = std::vector<order_item>{{"a", 1, 101, 50}, {"b", 1, 101, 50}};
  CHECK(order_total_cents(items) == 102);
  CHECK(order_total_cents({}) == 0);
}

TEST_CASE("the largest order that is allowed does not overflow") {
  auto largest = order_item{"s", item_quantity_max, unit_price_cents_max, 0};
  CHECK(is_within_limits(largest));
  CHECK(line_total_cents(largest) == 1'000'000'000'000'000);
  CHECK(order_total_cents(std::vector<order_item>(order_items_max, largest)) == 1'000'000'000'000'000'000);
}

TEST_CASE("quantity, price and discount of a line have limits") {
  CHECK(is_within_limits({"s", 1, 0, 0}));
  CHECK(is_within_limits({"s", 1, 0, 100}));
  CHECK_FALSE(is_within_limits({"s", 0, 100, 0}));
  CHECK_FALSE(is_within_limits({"s", item_quantity_max + 1, 100, 0}));
  CHECK_FALSE(is_within_limits({"s", 1, -1, 0}));
  CHECK_FALSE(is_within_limits({"s", 1, unit_price_cents_max + 1, 0}));
  CHECK_FALSE(is_within_limits({"s", 1, 100, -1}));
  CHECK_FALSE(is_within_limits({"s", 1, 100, 101}));
}
