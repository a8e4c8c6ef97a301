#include <order/domain/order_validation.hpp>

#include <order/domain/order.hpp>
#include <order/domain/order_total.hpp>

#include <tusker/model/given_when_then.hpp>

#include <tusker_test/catch.hpp>

#include <limits>
#include <utility>

using namespace order_demo; // NOLINT(google-build-using-namespace)
using tusker::given;

namespace {

auto valid() -> place_order {
  return {"o-1", "c-1", "2025-03-01", "Ann", "France", {{"sku-1", 3, 1000, 10}}, 2700};
}

/// An order of one line, with the total that belongs to it if the line is within its limits.
auto with_item(order_item item) -> place_order {
  auto wish = valid();
  wish.total_cents = is_within_limits(item) ? line_total_cents(item) : 0;
  wish.items = {std::move(item)};
  return wish;
}

template <class Change>
auto changed(Change change) -> place_order {
  auto wish = valid();
  change(wish);
  return wish;
}

auto is_refused(const place_order& wish, const std::string& reason) -> tusker::verdict {
  return given<order>().when(wish).then(invalid_order{reason});
}

} // namespace

TEST_CASE("an order needs an id and a customer") {
  CHECK(fault_of(valid()).empty());
  CHECK(is_refused(changed([](auto& wish) { wish.order_id.clear(); }), "the order_id is empty"));
  CHECK(is_refused(changed([](auto& wish) { wish.customer_id.clear(); }), "the customer_id is empty"));
}

TEST_CASE("the texts of an order have a limit") {
  auto longest = std::string(order_text_bytes_max, 'x');
  auto too_long = longest + "x";
  auto longest_id = std::string(order_id_bytes_max, 'x');
  CHECK(fault_of(changed([&](auto& wish) { wish.order_id = wish.customer_id = longest_id; })).empty());
  CHECK(fault_of(changed([&](auto& wish) { wish.ship_name = longest; })).empty());
  CHECK(is_refused(changed([&](auto& wish) { wish.order_id = longest_id + "x"; }),
                   "the order_id has 129 bytes, the limit is 128"));
  CHECK(is_refused(changed([&](auto& wish) { wish.customer_id = longest_id + "x"; }),
                   "the customer_id has 129 bytes, the limit is 128"));
  CHECK(is_refused(changed([](auto& wish) { wish.customer_id.push_back('\0'); }),
                   "the customer_id has a control character"));
  CHECK(is_refused(changed([&](auto& wish) { wish.ship_name = too_long; }),
                   "the ship_name has 257 bytes, the limit is 256"));
  CHECK(is_refused(changed([&](auto& wish) { wish.ship_country = too_long; }),
                   "the ship_country has 257 bytes, the limit is 256"));
  CHECK(is_refused(with_item({too_long, 1, 1, 0}), "items[0]: the sku has 257 bytes, the limit is 256"));
}

TEST_CASE("an order's date is a day of the calendar") {
  CHECK(fault_of(changed([](auto& wish) { wish.ordered_on = "2024-02-29"; })).empty());
  for (const auto* text : {"", "2025-02-29", "2025-13-01", "25-03-01", "2025/03/01", "01.03.2025",
                           "2025-03-01T10:00:00Z", "2025-03-01 ", "yesterday!"})
    CHECK(is_refused(changed([&](auto& wish) { wish.ordered_on = text; }),
                     "ordered_on is not a date like 1996-07-04"));
}

TEST_CASE("an order has 1 to 1,000 items") {
  CHECK(is_refused(changed([](auto& wish) { wish.items.clear(); }), "the order has no items"));
  auto wish = valid();
  wish.items.clear();
  for (std::size_t number = 1; number <= order_items_max; ++number)
    wish.items.push_back({"sku-" + std::to_string(number), item_quantity_max, unit_price_cents_max, 0});
  wish.total_cents = 1'000'000'000'000'000'000;
  CHECK(fault_of(wish).empty());
  wish.items.push_back({"sku-0", 1, 1, 0});
  CHECK(is_refused(wish, "the order has 1001 items, the limit is 1000"));
}

TEST_CASE("each item of an order keeps its limits") {
  CHECK(is_refused(with_item({"", 1, 100, 0}), "items[0]: the sku is empty"));
  CHECK(is_refused(with_item({"s", 0, 100, 0}), "items[0]: quantity 0 is not within 1 to 1000000"));
  CHECK(is_refused(with_item({"s", -5, 100, 0}), "items[0]: quantity -5 is not within 1 to 1000000"));
  CHECK(is_refused(with_item({"s", 1'000'001, 100, 0}),
                   "items[0]: quantity 1000001 is not within 1 to 1000000"));
  CHECK(
      is_refused(with_item({"s", 1, -1, 0}), "items[0]: unit_price_cents -1 is not within 0 to 1000000000"));
  CHECK(is_refused(with_item({"s", 1, 1'000'000'001, 0}),
                   "items[0]: unit_price_cents 1000000001 is not within 0 to 1000000000"));
  CHECK(is_refused(with_item({"s", 1, 100, -1}), "items[0]: discount_percent -1 is not within 0 to 100"));
  CHECK(is_refused(with_item({"s", 1, 100, 101}), "items[0]: discount_percent 101 is not within 0 to 100"));
  CHECK(fault_of(with_item({"s", 1, 0, 100})).empty());
}

TEST_CASE("numbers at the ends of 64 bits are refused before anything is computed from them") {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  for (auto number : {least, most}) {
    CHECK_FALSE(fault_of(with_item({"s", number, number, number})).empty());
    CHECK_FALSE(fault_of(with_item({"s", 1, number, 0})).empty());
    CHECK_FALSE(fault_of(with_item({"s", 1, 1, number})).empty());
    CHECK_FALSE(fault_of(changed([&](auto& wish) { wish.total_cents = number; })).empty());
  }
}

TEST_CASE("the refusal names the item that is at fault") {
  auto wish = valid();
  wish.items = {{"sku-1", 1, 100, 0}, {"sku-2", 0, 100, 0}};
  CHECK(is_refused(wish, "items[1]: quantity 0 is not within 1 to 1000000"));
}

TEST_CASE("an article stands in one line of an order only") {
  auto wish = valid();
  wish.items = {{"sku-1", 1, 100, 0}, {"sku-2", 1, 100, 0}, {"sku-1", 2, 100, 0}};
  wish.total_cents = 400;
  CHECK(is_refused(wish, "items[2]: the sku 'sku-1' is there twice"));
}

TEST_CASE("a total that the items do not add up to is refused with both numbers") {
  CHECK(is_refused(changed([](auto& wish) { wish.total_cents = 2701; }),
                   "total_cents is 2701, the items add up to 2700"));
  CHECK(is_refused(changed([](auto& wish) { wish.total_cents = -2700; }),
                   "total_cents is -2700, the items add up to 2700"));
}
