#include <order/projections/revenue_by_day.hpp>

#include <tusker/model/given_projection.hpp>

#include <tusker_test/catch.hpp>

#include <limits>
#include <string>

using namespace order_demo; // NOLINT(google-build-using-namespace)
using tusker::given;
using tusker::in_stream;

namespace {

auto created(const std::string& id, const std::string& day, std::int64_t cents) -> order_created {
  return {id, "c-1", day, "Ann", "France", {}, cents};
}

} // namespace

TEST_CASE("a day has what its orders are worth, whenever they were placed") {
  auto told = given<revenue_by_day>(in_stream("order-a", created("a", "2025-03-01", 100)),
                                    in_stream("order-b", created("b", "2025-03-02", 7)),
                                    in_stream("order-c", created("c", "2025-03-01", 30)));
  CHECK(told.then(revenue_by_day::days, day_revenue{"2025-03-01", 2, 130}, day_revenue{"2025-03-02", 1, 7}));
  CHECK(told.then(revenue_by_day::open_orders, open_order{"a", "2025-03-01", 100},
                  open_order{"b", "2025-03-02", 7}, open_order{"c", "2025-03-01", 30}));
}

TEST_CASE("an order is confirmed or cancelled on the day that it was ordered, and is open no more") {
  auto told = given<revenue_by_day>(in_stream("order-a", created("a", "2025-03-01", 100)),
                                    in_stream("order-b", created("b", "2025-03-01", 30)),
                                    in_stream("order-a", order_confirmed{"a"}),
                                    in_stream("order-b", order_cancelled{"b", "no stock"}));
  CHECK(told.then(revenue_by_day::days, day_revenue{"2025-03-01", 2, 130, 1, 100, 1, 30}));
  CHECK(told.then(revenue_by_day::open_orders));
}

TEST_CASE("a sum that is too large stands at the largest number") {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  CHECK(given<revenue_by_day>(in_stream("order-a", created("a", "2025-03-01", most - 1)),
                              in_stream("order-b", created("b", "2025-03-01", 5)))
            .then(revenue_by_day::days, day_revenue{"2025-03-01", 2, most}));
}
