#include <order/projections/stock_levels.hpp>

#include <tusker/model/given_projection.hpp>

#include <tusker_test/catch.hpp>

using namespace order_demo; // NOLINT(google-build-using-namespace)
using tusker::given;
using tusker::in_stream;

TEST_CASE("stock adds up, and what is reserved is not available") {
  CHECK(given<stock_levels>(in_stream("inventory-s", stock_received{"s", "Chai", 10, 1800},
                                      stock_received{"s", "Chai tea", 5, 1900},
                                      inventory_reserved{"s", "r-1", "o-1", 4}))
            .then(stock_levels::articles, stock_level{"s", "Chai tea", 15, 4, 11, 0}));
}

TEST_CASE("what is released is available again, a release that came first gives nothing back") {
  CHECK(given<stock_levels>(in_stream("inventory-s", stock_received{"s", "Chai", 10, {}},
                                      inventory_reserved{"s", "r-1", "o-1", 4},
                                      inventory_released{"s", "r-1", "o-1", 4},
                                      inventory_released{"s", "r-2", "o-2", 0}))
            .then(stock_levels::articles, stock_level{"s", "Chai", 10, 0, 10, 0}));
}

TEST_CASE("an article that nobody delivered has a row when it is asked for") {
  CHECK(given<stock_levels>(
            in_stream("inventory-s", inventory_reservation_failed{"s", "r-1", "o-1", 4, 0,
                                                                  reservation_failure::unknown_sku}))
            .then(stock_levels::articles, stock_level{"s", "", 0, 0, 0, 1}));
}
