#include <order/order_source.hpp>

#include <order/domain/order_validation.hpp>
#include <tusker/cli/temporary_folder.hpp>
#include <tusker_test/catch.hpp>

#include <fstream>
#include <vector>

using namespace order_demo;
using tusker::cli::temporary_folder;

namespace {

constexpr auto good_line = R"({"order_id":"a-1","customer_id":"c","ordered_on":"1996-07-04","ship_name":"n",)"
                           R"("ship_country":"x","items":[{"sku":"s","quantity":2,"unit_price_cents":50,)"
                           R"("discount_percent":0}],"total_cents":100,"note":"not ours"})";

auto ids_of(order_source& source) -> std::vector<std::string> {
  std::vector<std::string> ids;
  for (auto next = source.next().value(); next; next = source.next().value()) {
    CHECK(next->number == ids.size());
    ids.push_back(next->order.order_id);
  }
  return ids;
}

} // namespace

TEST_CASE("generated orders are the same each time, and valid") {
  auto first = generate_orders(7, 50);
  auto again = generate_orders(7, 50);
  for (int at = 0; at < 50; ++at) {
    auto order = first->next().value();
    REQUIRE(order);
    CHECK(order->order == again->next().value()->order);
    CHECK(fault_of(order->order).empty());
  }
  CHECK_FALSE(first->next().value());
  CHECK(first->progress() == 1.0);
}

TEST_CASE("lines that are no orders are told with file, line and reason, and the rest is given") {
  auto folder = temporary_folder::make("tusker-test").value();
  auto path = folder.path() / "orders.ndjson";
  std::ofstream(path) << good_line << "\n{\"order_id\":5}\nnot json\n\n" << good_line << "\n";
  std::vector<std::string> faults;
  auto source = read_orders(path, std::nullopt, [&](const auto& message) { faults.push_back(message); });
  REQUIRE(source);
  CHECK(ids_of(**source) == std::vector<std::string>{"a-1", "a-1"});
  REQUIRE(faults.size() == 2);
  CHECK(faults[0].find("orders.ndjson:2: PlaceOrder.order_id") != std::string::npos);
  CHECK(faults[1].find("orders.ndjson:3: ") != std::string::npos);
}

TEST_CASE("a count takes the first orders of a file") {
  auto folder = temporary_folder::make("tusker-test").value();
  auto path = folder.path() / "orders.ndjson";
  std::ofstream(path) << good_line << "\n" << good_line << "\n";
  auto source = read_orders(path, 1, [](const auto&) {});
  REQUIRE(source);
  CHECK(ids_of(**source).size() == 1);
  CHECK((*source)->progress() == 1.0);
}
