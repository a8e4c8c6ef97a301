#include <order/domain/inventory.hpp>

#include <order/domain/order_total.hpp>

#include <tusker/model/given_when_then.hpp>

#include <tusker_test/catch.hpp>

#include <optional>
#include <string>

using namespace order_demo; // NOLINT(google-build-using-namespace)
using tusker::given;

namespace {

auto received(std::int64_t quantity) -> stock_received {
  return {"tea", "Green tea", quantity, 450};
}

auto reserve(const std::string& id, std::int64_t quantity) -> reserve_stock {
  return {"tea", id, "o-1", quantity};
}

auto reserved(const std::string& id, std::int64_t quantity) -> inventory_reserved {
  return {"tea", id, "o-1", quantity};
}

auto release(const std::string& id) -> release_stock {
  return {"tea", id, "o-1"};
}

auto released(const std::string& id, std::int64_t quantity) -> inventory_released {
  return {"tea", id, "o-1", quantity};
}

auto failed(const std::string& id, std::int64_t quantity, std::int64_t available, reservation_failure reason)
    -> inventory_reservation_failed {
  return {"tea", id, "o-1", quantity, available, reason};
}

} // namespace

TEST_CASE("stock is received with or without a price") {
  CHECK(given<inventory>().when(receive_stock{"tea", "Green tea", 39, 450}).then(received(39)));
  CHECK(given<inventory>()
            .when(receive_stock{"tea", "Green tea", 39, std::nullopt})
            .then(stock_received{"tea", "Green tea", 39, std::nullopt}));
}

TEST_CASE("receiving no units makes a sold-out article known") {
  CHECK(given<inventory>().when(receive_stock{"tea", "Green tea", 0, 450}).then(received(0)));
  CHECK(given<inventory>(received(0))
            .when(reserve("r-1", 1))
            .then(failed("r-1", 1, 0, reservation_failure::insufficient_stock)));
}

TEST_CASE("stock outside its limits is refused") {
  auto refused = [](const receive_stock& wish, const std::string& reason) {
    return given<inventory>(received(1)).when(wish).then(invalid_stock{reason});
  };
  CHECK(given<inventory>().when(receive_stock{"", "Tea", 1, 1}).then(invalid_stock{"the sku is empty"}));
  CHECK(refused({"tea", "Tea", -1, 1}, "quantity -1 is not within 0 to 1000000000000"));
  CHECK(refused({"tea", "Tea", stock_units_max + 1, 1},
                "quantity 1000000000001 is not within 0 to 1000000000000"));
  CHECK(refused({"tea", "Tea", stock_units_max, 1}, "the stock would exceed 1000000000000 units"));
  CHECK(refused({"tea", "Tea", 1, -1}, "unit_price_cents -1 is not within 0 to 1000000000"));
  CHECK(refused({"tea", "Tea", 1, unit_price_cents_max + 1},
                "unit_price_cents 1000000001 is not within 0 to 1000000000"));
}

TEST_CASE("an inventory keeps one article only") {
  auto refused = wrong_sku{"tea", "coffee"};
  CHECK(given<inventory>(received(9)).when(receive_stock{"coffee", "Coffee", 1, 1}).then(refused));
  CHECK(given<inventory>(received(9)).when(reserve_stock{"coffee", "r-1", "o-1", 1}).then(refused));
  CHECK(given<inventory>(received(9)).when(release_stock{"coffee", "r-1", "o-1"}).then(refused));
  // A failed reservation and an early release name the article as well as a delivery does.
  CHECK(given<inventory>(failed("r-1", 1, 0, reservation_failure::unknown_sku))
            .when(receive_stock{"coffee", "Coffee", 1, 1})
            .then(refused));
  CHECK(given<inventory>(released("r-1", 0)).when(receive_stock{"coffee", "Coffee", 1, 1}).then(refused));
}

TEST_CASE("units are reserved as long as enough are free") {
  CHECK(given<inventory>(received(10)).when(reserve("r-1", 10)).then(reserved("r-1", 10)));
  CHECK(given<inventory>(received(10), reserved("r-1", 6)).when(reserve("r-2", 4)).then(reserved("r-2", 4)));
  CHECK(given<inventory>(received(10), reserved("r-1", 6))
            .when(reserve("r-2", 5))
            .then(failed("r-2", 5, 4, reservation_failure::insufficient_stock)));
  CHECK(given<inventory>(received(10), received(5)).when(reserve("r-1", 15)).then(reserved("r-1", 15)));
}

TEST_CASE("an article that was never received cannot be reserved") {
  CHECK(
      given<inventory>().when(reserve("r-1", 1)).then(failed("r-1", 1, 0, reservation_failure::unknown_sku)));
}

TEST_CASE("a reservation that failed may be tried again when there is more stock") {
  CHECK(
      given<inventory>(received(1), failed("r-1", 2, 1, reservation_failure::insufficient_stock), received(1))
          .when(reserve("r-1", 2))
          .then(reserved("r-1", 2)));
}

TEST_CASE("reserving again under the same id changes nothing") {
  CHECK(given<inventory>(received(10), reserved("r-1", 6)).when(reserve("r-1", 6)).then_nothing_happened());
}

TEST_CASE("a reservation id stands for one order and one quantity") {
  CHECK(given<inventory>(received(10), reserved("r-1", 6))
            .when(reserve("r-1", 5))
            .then(reservation_mismatch{"r-1", 6, 5}));
  CHECK(given<inventory>(received(10), reserved("r-1", 6))
            .when(reserve_stock{"tea", "r-1", "o-2", 6})
            .then(reservation_mismatch{"r-1", 6, 6}));
}

TEST_CASE("a reservation without ids or outside its limits is refused") {
  auto refused = [](const reserve_stock& wish, const std::string& reason) {
    return given<inventory>().when(wish).then(invalid_reservation{reason});
  };
  CHECK(refused({"", "r-1", "o-1", 1}, "sku, reservation_id and order_id must not be empty"));
  CHECK(refused({"tea", "", "o-1", 1}, "sku, reservation_id and order_id must not be empty"));
  CHECK(refused({"tea", "r-1", "", 1}, "sku, reservation_id and order_id must not be empty"));
  CHECK(refused(reserve("r-1", 0), "quantity 0 is not within 1 to 1000000"));
  CHECK(refused(reserve("r-1", -1), "quantity -1 is not within 1 to 1000000"));
  CHECK(refused(reserve("r-1", item_quantity_max + 1), "quantity 1000001 is not within 1 to 1000000"));
}

TEST_CASE("released units can be reserved again") {
  CHECK(given<inventory>(received(10), reserved("r-1", 6)).when(release("r-1")).then(released("r-1", 6)));
  CHECK(given<inventory>(received(10), reserved("r-1", 6), released("r-1", 6))
            .when(reserve("r-2", 10))
            .then(reserved("r-2", 10)));
}

TEST_CASE("releasing twice changes nothing") {
  CHECK(given<inventory>(received(10), reserved("r-1", 6), released("r-1", 6))
            .when(release("r-1"))
            .then_nothing_happened());
  CHECK(given<inventory>(released("r-1", 0)).when(release("r-1")).then_nothing_happened());
}

TEST_CASE("a release without its reservation gives nothing back and is remembered") {
  CHECK(given<inventory>().when(release("r-1")).then(released("r-1", 0)));
  CHECK(given<inventory>(received(10), reserved("r-1", 6)).when(release("r-2")).then(released("r-2", 0)));
  CHECK(given<inventory>(received(1), failed("r-1", 2, 1, reservation_failure::insufficient_stock))
            .when(release("r-1"))
            .then(released("r-1", 0)));
}

TEST_CASE("a release without a sku or a reservation id is refused") {
  auto refused = invalid_reservation{"sku and reservation_id must not be empty"};
  CHECK(given<inventory>().when(release_stock{"", "r-1", "o-1"}).then(refused));
  CHECK(given<inventory>().when(release_stock{"tea", "", "o-1"}).then(refused));
}

TEST_CASE("a reservation that arrives after its release takes no stock") {
  CHECK(given<inventory>(received(10), released("r-1", 0))
            .when(reserve("r-1", 6))
            .then(failed("r-1", 6, 10, reservation_failure::released)));
  CHECK(given<inventory>(received(10), reserved("r-1", 6), released("r-1", 6))
            .when(reserve("r-1", 6))
            .then(failed("r-1", 6, 10, reservation_failure::released)));
}

TEST_CASE("the reason why a reservation failed is stored by name") {
  auto json = tusker::encode(failed("r-1", 6, 10, reservation_failure::released));
  REQUIRE(json);
  CHECK(
      *json ==
      R"({"sku":"tea","reservation_id":"r-1","order_id":"o-1","quantity":6,"available":10,"reason":"released"})");
}

TEST_CASE("only the latest 1,000 released ids are remembered") {
  inventory_state state;
  for (std::size_t number = 0; number < released_ids_max + 1; ++number)
    state = inventory::evolve(std::move(state), released("r-" + std::to_string(number), 0));
  CHECK(state.released.size() == released_ids_max);
  CHECK_FALSE(state.is_released("r-0"));
  CHECK(state.is_released("r-1"));
  CHECK(state.is_released("r-1000"));
}
