#include <order/domain/command_ids.hpp>

#include <tusker_test/catch.hpp>

using namespace order_demo; // NOLINT(google-build-using-namespace)

namespace {

auto placed(const std::string& order_id, const std::string& ordered_on) -> place_order {
  place_order wish;
  wish.order_id = order_id;
  wish.ordered_on = ordered_on;
  return wish;
}

} // namespace

TEST_CASE("an order's command id comes from its id and its date only") {
  auto wish = placed("nw-10248", "1996-07-04");
  auto same = wish;
  same.ship_name = "another name";
  CHECK(command_id_of(wish) == command_id_of(same));
  CHECK(command_id_of(wish) != command_id_of(placed("nw-10249", "1996-07-04")));
  CHECK(command_id_of(wish) != command_id_of(placed("nw-10248", "1996-07-05")));
}

TEST_CASE("an order's command id begins with the day of the order") {
  auto time = tusker::time_of(command_id_of(placed("nw-10248", "1996-07-04")).value());
  CHECK(tusker::to_string(time) == "1996-07-04T00:00:00.000000Z");
}

TEST_CASE("an order without a proper date has a command id too") {
  auto id = command_id_of(placed("o-1", "someday"));
  CHECK_FALSE(id.is_nil());
  CHECK(tusker::time_of(id.value()) == tusker::timestamp{});
}

TEST_CASE("an article's command id comes from its sku only") {
  CHECK(command_id_of(receive_stock{"tea", "Tea", 1, 1}) ==
        command_id_of(receive_stock{"tea", "Green tea", 2, 2}));
  CHECK(command_id_of(receive_stock{"tea", "Tea", 1, 1}) !=
        command_id_of(receive_stock{"milk", "Tea", 1, 1}));
}

TEST_CASE("the demo's command ids are pinned because imports rely on them") {
  CHECK(to_string(command_id_of(placed("nw-10248", "1996-07-04"))) == "00c2bf9d-1c00-7822-8f30-bb2736177eec");
  CHECK(to_string(command_id_of(receive_stock{"NW-001", "Chai", 39, 1800})) ==
        "00000000-0000-7d03-aeff-3cfc9ac1a43d");
}
