#include <order/domain/generated_orders.hpp>

#include <order/domain/inventory.hpp>
#include <order/domain/order.hpp>
#include <order/domain/order_validation.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/model/given_when_then.hpp>

#include <tusker_test/catch.hpp>

#include <map>
#include <set>

using namespace order_demo; // NOLINT(google-build-using-namespace)

TEST_CASE("the generated orders are pinned because benchmarks compare them across machines") {
  order_generator generator(42);
  auto first = generator.next();
  CHECK(tusker::encode(first) ==
        std::string(R"({"order_id":"o-00000001","customer_id":"c-0301","ordered_on":"2025-05-25",)"
                    R"("ship_name":"Customer 301","ship_country":"Mexico","items":[)"
                    R"({"sku":"sku-0049","quantity":2,"unit_price_cents":8029,"discount_percent":25},)"
                    R"({"sku":"sku-0093","quantity":3,"unit_price_cents":6766,"discount_percent":5},)"
                    R"({"sku":"sku-0003","quantity":8,"unit_price_cents":7540,"discount_percent":15},)"
                    R"({"sku":"sku-0001","quantity":2,"unit_price_cents":375,"discount_percent":0},)"
                    R"({"sku":"sku-0013","quantity":1,"unit_price_cents":5856,"discount_percent":0}],)"
                    R"("total_cents":89205})"));
  for (auto taken = 1; taken < 999; ++taken)
    (void)generator.next();
  auto thousandth = generator.next();
  CHECK(thousandth.order_id == "o-00001000");
  CHECK(thousandth.total_cents == 46571);
}

TEST_CASE("the same seed gives the same orders and another seed gives others") {
  order_generator left(7);
  order_generator right(7);
  order_generator other(8);
  for (auto taken = 0; taken < 100; ++taken) {
    auto order = left.next();
    CHECK(order == right.next());
    CHECK(order != other.next());
  }
}

TEST_CASE("every generated order is valid") {
  order_generator generator(1);
  for (auto taken = 0; taken < 5000; ++taken) {
    auto wish = generator.next();
    INFO(wish.order_id);
    CHECK(fault_of(wish).empty());
  }
}

TEST_CASE("generated orders spread over customers, days, articles and lengths") {
  order_generator generator(3);
  std::set<std::string> ids;
  std::set<std::string> customers;
  std::set<std::string> days;
  std::set<std::string> skus;
  std::map<std::size_t, int> lengths;
  for (auto taken = 0; taken < 10'000; ++taken) {
    auto wish = generator.next();
    ids.insert(wish.order_id);
    customers.insert(wish.customer_id);
    days.insert(wish.ordered_on);
    for (const auto& item : wish.items)
      skus.insert(item.sku);
    ++lengths[wish.items.size()];
  }
  CHECK(ids.size() == 10'000);
  CHECK(customers.size() == generated_customers);
  CHECK(*customers.begin() == "c-0001");
  CHECK(*customers.rbegin() == "c-1000");
  CHECK(days.size() == 365);
  CHECK(*days.begin() == "2025-01-01");
  CHECK(*days.rbegin() == "2025-12-31");
  CHECK(skus.size() == generated_skus);
  CHECK(lengths.size() == 5);
  for (const auto& [length, count] : lengths)
    CHECK(count > 1800);
}

TEST_CASE("the generated catalogue has the articles that the orders name at their prices") {
  std::map<std::string, std::int64_t> prices;
  for (const auto& article : generate_catalogue(5)) {
    CHECK(tusker::given<inventory>().when(article).then(
        stock_received{article.sku, article.name, article.quantity, article.unit_price_cents}));
    prices[article.sku] = article.unit_price_cents.value();
  }
  CHECK(prices.size() == generated_skus);
  CHECK(prices.begin()->first == "sku-0001");
  CHECK(prices.rbegin()->first == "sku-0100");
  order_generator generator(5);
  for (auto taken = 0; taken < 100; ++taken)
    for (const auto& item : generator.next().items)
      CHECK(item.unit_price_cents == prices.at(item.sku));
}
