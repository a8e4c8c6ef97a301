#include <tusker/bench/raw_stream_fold.hpp>

#include <tusker/bench/item_document.hpp>
#include <tusker/bench/order_document.hpp>
#include <tusker_test/catch.hpp>

namespace tusker::bench {

TEST_CASE("the numbers of an order's events are found without a parser") {
  order_fold fold;
  fold.take(order_document(7));
  CHECK(fold == order_fold{1, 6, 2'297 + 3 * 1'007});
  fold.take(item_document(4));
  CHECK(fold == order_fold{2, 6 + 2, 2'297 + 3 * 1'007 + 2 * 104});
}

} // namespace tusker::bench
