#include <tusker/bench/order_commands.hpp>

#include <tusker/bench/item_document.hpp>
#include <tusker/bench/order_document.hpp>
#include <tusker/model/codec.hpp>
#include <tusker_test/catch.hpp>

#include <string>

namespace tusker::bench {

TEST_CASE("the commands make the documents of the workloads") {
  for (std::uint64_t number : {0U, 7U, 12'345U}) {
    auto wish = creation_of(number);
    auto stored =
        encode(order_created{wish.order_id, wish.customer_id, wish.currency, wish.items, wish.total});
    CHECK(stored.value_or("") == order_document(number));
  }
  for (std::uint64_t k : {1U, 99U, 9'999U}) {
    auto wish = addition_of(k);
    CHECK(encode(item_added{wish.sku, wish.qty, wish.price}).value_or("") == item_document(k));
  }
}

} // namespace tusker::bench
