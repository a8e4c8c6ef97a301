#include <tusker/bench/order_document.hpp>

#include <tusker/model/json_document.hpp>
#include <tusker_test/catch.hpp>

namespace tusker::bench {

TEST_CASE("an order's document is the one of the workloads") {
  CHECK(
      order_document(7) ==
      R"({"orderId":"o-00000007","customerId":"c-0007","currency":"EUR","items":[{"sku":"sku-0001","qty":1,)"
      R"("price":1299},{"sku":"sku-0002","qty":2,"price":499},{"sku":"sku-0003","qty":3,"price":1007}],)"
      R"("total":5318})");
  CHECK(order_document(12'345).size() == 205);
}

TEST_CASE("a large order has the size that was asked for and is JSON") {
  for (std::size_t bytes : {200U, 384U, 1'224U, 7'884U}) {
    auto document = large_order_document(3, bytes);
    CHECK(document.size() == bytes);
    CHECK(json_document::parse(document));
    CHECK(document != large_order_document(4, bytes));
  }
}

} // namespace tusker::bench
