#include <order/order_text.hpp>

#include <tusker_test/catch.hpp>

using namespace order_demo;

TEST_CASE("an order is shown with its items and money with two digits") {
  order_state state{order_status::pending,
                    "nw-10250",
                    "HANAR",
                    "1996-07-08",
                    "Hanari Carnes",
                    "Brazil",
                    {{"NW-041", 10, 770, 0}, {"NW-051", 350, 4240, 15}},
                    1'269'100,
                    {},
                    {}};
  CHECK(order_text({state, tusker::stream_version(1)}, {}) ==
        "Order nw-10250\n"
        "Status      pending\n"
        "Customer    HANAR\n"
        "Ordered on  1996-07-08\n"
        "Ship to     Hanari Carnes, Brazil\n"
        "┌────────┬──────────┬────────────┬──────────┬───────────┐\n"
        "│ Sku    │ Quantity │ Unit price │ Discount │     Total │\n"
        "├────────┼──────────┼────────────┼──────────┼───────────┤\n"
        "│ NW-041 │       10 │       7.70 │          │     77.00 │\n"
        "│ NW-051 │      350 │      42.40 │     15 % │ 12,614.00 │\n"
        "├────────┼──────────┼────────────┼──────────┼───────────┤\n"
        "│ Total  │          │            │          │ 12,691.00 │\n"
        "└────────┴──────────┴────────────┴──────────┴───────────┘\n");
}
