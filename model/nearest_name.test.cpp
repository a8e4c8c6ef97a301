#include <tusker/model/nearest_name.hpp>

#include <tusker_test/catch.hpp>

#include <vector>

using tusker::name_hint;
using tusker::nearest_name;

namespace {

const std::vector<std::string> known{"OrderCreated", "OrderPaid", "OrderCancelled"};

} // namespace

TEST_CASE("the nearest name is the one of fewest edits") {
  CHECK(nearest_name("OrderCreatd", known) == "OrderCreated");
  CHECK(nearest_name("OrdrPaid", known) == "OrderPaid");
  CHECK(nearest_name("OrderCanceled", known) == "OrderCancelled");
  CHECK(nearest_name("OrderPaid", known) == "OrderPaid");
}

TEST_CASE("upper and lower case count as the same letter") {
  CHECK(nearest_name("ordercreated", known) == "OrderCreated");
  CHECK(nearest_name("ORDERPAID", known) == "OrderPaid");
}

TEST_CASE("a name that is nobody's has no nearest name") {
  CHECK(nearest_name("StockReceived", known).empty());
  CHECK(nearest_name("", known).empty());
  CHECK(nearest_name("OrderPaid", {}).empty());
}

TEST_CASE("a hint names what was probably meant and what there is") {
  CHECK(name_hint("OrderPayd", known) ==
        "; did you mean 'OrderPaid'? Known: OrderCreated, OrderPaid, OrderCancelled");
  CHECK(name_hint("Nothing", known) == "; known: OrderCreated, OrderPaid, OrderCancelled");
  CHECK(name_hint("Nothing", {}) == "; none is known");
}

TEST_CASE("two letters that are swapped are one mistake, also in a short name") {
  const std::vector<std::string> levels{"debug", "info", "warning", "error", "off"};
  CHECK(nearest_name("inof", levels) == "info");
  CHECK(nearest_name("fof", levels) == "off");
  CHECK(nearest_name("dbeug", levels) == "debug");
  CHECK(nearest_name("cqsr", std::vector<std::string>{"http", "cqrs"}) == "cqrs");
  // Two swaps are two mistakes.
  CHECK(nearest_name("fino", levels).empty());
}

TEST_CASE("a hint lists at most 20 names") {
  std::vector<std::string> many;
  many.reserve(23);
  for (auto number = 0; number < 23; ++number)
    many.push_back("event_number_" + std::to_string(number));
  auto hint = name_hint("something else", many);
  CHECK(hint.find("event_number_19") != std::string::npos);
  CHECK(hint.find("event_number_20") == std::string::npos);
  CHECK(hint.find(" and 3 more") != std::string::npos);
}
