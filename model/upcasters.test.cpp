#include <tusker/model/upcasters.hpp>

#include <tusker/model/model_errc.hpp>

#include <tusker_test/catch.hpp>

// What is wrong with steps is said before the first event is read.

using namespace tusker;

namespace {

const std::vector<message_type> today{{"OrderCreated", schema_version(3)}, {"OrderPaid", schema_version(1)}};

auto fault(const upcasters& steps) -> std::string {
  auto chain = make_upcaster_chain(steps, today);
  return chain ? "no fault" : to_string(chain.error());
}

/// Takes the types of OrderCreated before today's to it.
auto created() -> upcasters {
  return upcasters{}.add_field("OrderCreated", 1, "a", 1).add_field("OrderCreated", 2, "b", 2);
}

auto nothing(const json_tree&) -> std::vector<upcast_part> {
  return {};
}

} // namespace

TEST_CASE("steps for several types in any order make a chain") {
  CHECK(fault({}) == "no fault");
  CHECK(fault(created()) == "no fault");
  CHECK(fault(created()
                  .rename_type("OrderBought", 1, "OrderPlaced", 4)
                  .rename_type("OrderPlaced", 4, "OrderCreated", 1)
                  .drop("OrderViewed", 1, "not kept")
                  .split("OrderPaidTwice", 1, {{"OrderPaid", 1}}, nothing)) == "no fault");
}

TEST_CASE("a type need not have steps from its first version on") {
  CHECK(fault(upcasters{}.add_field("OrderCreated", 2, "b", 2)) == "no fault");
}

TEST_CASE("two steps for one type and version are refused") {
  CHECK(fault(created().rename_field("OrderCreated", 2, "x", "y")) ==
        "invalid_upcasters: the step for 'OrderCreated' version 2 is told twice; several changes of one "
        "version are "
        "one step (change_fields)");
}

TEST_CASE("a gap is refused with the version that is missing") {
  CHECK(fault(upcasters{}.add_field("OrderCreated", 1, "a", 1)) ==
        "invalid_upcasters: the step for 'OrderCreated' version 1 leads to 'OrderCreated' version 2, from "
        "where no "
        "step leads on to version 3 of the schema");
  CHECK(fault(upcasters{}.rename_type("OrderPlaced", 1, "OrderCreated")) ==
        "invalid_upcasters: the step for 'OrderPlaced' version 1 leads to 'OrderCreated' version 1, from "
        "where no "
        "step leads on to version 3 of the schema");
}

TEST_CASE("a target that no schema has is refused with the nearest name") {
  CHECK(fault(created().rename_type("OrderPlaced", 1, "OrderCreatd")) ==
        "invalid_upcasters: the step for 'OrderPlaced' version 1 leads to 'OrderCreatd' version 1, which no "
        "schema "
        "declares and no step takes on; did you mean 'OrderCreated'? Known: OrderCreated, OrderPaid, "
        "OrderPlaced");
  CHECK(fault(created().split("X", 1, {{"OrderPaid", 1}, {"OrderPayd", 1}}, nothing))
            .find("leads to 'OrderPayd' version 1, which no schema") != std::string::npos);
  CHECK(fault(created().rename_type("OrderPlaced", 1, "OrderCreated", 9)) ==
        "invalid_upcasters: the step for 'OrderPlaced' version 1 leads to 'OrderCreated' version 9, but the "
        "schema "
        "has only version 3");
}

TEST_CASE("steps in a circle are refused with the way around") {
  CHECK(fault(upcasters{}.rename_type("A", 1, "B").rename_type("B", 1, "A")) ==
        "invalid_upcasters: the steps lead in a circle: 'A' version 1 → 'B' version 1 → 'A' version 1");
  CHECK(fault(upcasters{}.rename_type("A", 1, "A")) ==
        "invalid_upcasters: the steps lead in a circle: 'A' version 1 → 'A' version 1");
  // The way in is no part of the circle, and one way out of it does not help.
  CHECK(fault(created()
                  .rename_type("A", 1, "B")
                  .split("B", 1, {{"OrderPaid", 1}, {"C", 1}}, nothing)
                  .rename_type("C", 1, "B")) ==
        "invalid_upcasters: the steps lead in a circle: 'B' version 1 → 'C' version 1 → 'B' version 1");
}

TEST_CASE("two ways to the same type are no circle") {
  CHECK(fault(upcasters{}
                  .split("A", 1, {{"B", 1}, {"C", 1}}, nothing)
                  .rename_type("B", 1, "OrderPaid")
                  .rename_type("C", 1, "OrderPaid")) == "no fault");
}

TEST_CASE("a step that would never run is refused") {
  CHECK(fault(created().add_field("OrderCreated", 3, "c", 3)) ==
        "invalid_upcasters: the step for 'OrderCreated' version 3 would never run: the schema has version 3");
  CHECK(fault(upcasters{}.drop("OrderPaid", 1, "free")) ==
        "invalid_upcasters: the step for 'OrderPaid' version 1 would never run: the schema has version 1");
  CHECK(fault(upcasters{}.add_field("OrderPaid", 2, "c", 3)).find("would never run") != std::string::npos);
}

TEST_CASE("a step needs a type to begin with, a function, a reason to drop and a target to split") {
  CHECK(fault(upcasters{}.step("OrderCreated", 2, nullptr)) ==
        "invalid_upcasters: the step for 'OrderCreated' version 2 has no function");
  CHECK(fault(upcasters{}.split("X", 1, {{"OrderPaid", 1}}, nullptr)) ==
        "invalid_upcasters: the step for 'X' version 1 has no function");
  CHECK(fault(upcasters{}.rename_type("", 1, "OrderPaid")).find("begins with no type") != std::string::npos);
  CHECK(fault(upcasters{}.rename_type(std::string(256, 'x'), 1, "OrderPaid")).find("begins with no type") !=
        std::string::npos);
  CHECK(fault(upcasters{}.rename_type("X", 0, "OrderPaid", 1)).find("begins with no type") !=
        std::string::npos);
  CHECK(fault(upcasters{}.drop("X", 1, "")) ==
        "invalid_upcasters: the step for 'X' version 1 drops events without a reason");
  CHECK(fault(upcasters{}.split("X", 1, {}, nothing)) ==
        "invalid_upcasters: the step for 'X' version 1 splits events into nothing; use drop, which gives a "
        "reason");
  CHECK(fault(upcasters{}.split("X", 1, {{"OrderPaid", 1}, {"OrderPaid", 2}}, nothing)) ==
        "invalid_upcasters: the step for 'X' version 1 has two targets named 'OrderPaid'");
  CHECK(fault(upcasters{}.add_field("X", 65'535, "a", 1)).find("leads to 'X' version 0") !=
        std::string::npos);
}

TEST_CASE("the steps of several sets make one") {
  auto payments = upcasters{}.rename_type("Paid", 1, "OrderPaid");
  auto all = created().include(payments);
  CHECK(all.steps().size() == 3);
  CHECK(fault(all) == "no fault");
  CHECK(fault(all.include(payments)).find("is told twice") != std::string::npos);
}
