#include <tusker/model/message_type.hpp>

#include <tusker_test/catch.hpp>

using tusker::message_type;
using tusker::model_errc;
using tusker::schema_version;

namespace {

const std::vector<message_type> declared{{"OrderCreated", schema_version(3)},
                                         {"OrderPaid", schema_version(1)}};

auto why(std::string name, std::uint16_t version) -> std::string {
  return to_string(tusker::undeclared_error({std::move(name), schema_version(version)}, declared,
                                            model_errc::unknown_event_type));
}

} // namespace

TEST_CASE("a message type is told by its name and version") {
  CHECK(to_string(message_type{"OrderPaid", schema_version(2)}) == "'OrderPaid' version 2");
}

TEST_CASE("names are listed once each in the order given") {
  auto twice =
      std::vector<message_type>{{"B", schema_version(1)}, {"A", schema_version(1)}, {"B", schema_version(2)}};
  CHECK(tusker::names_of(twice) == std::vector<std::string>{"B", "A"});
}

TEST_CASE("a type that is not declared is told from a version that is not") {
  CHECK(why("OrderCreatd", 1) == "unknown_event_type: 'OrderCreatd' is not a declared type; did you mean "
                                 "'OrderCreated'? Known: OrderCreated, OrderPaid");
  CHECK(why("OrderCreated", 4) ==
        "unsupported_schema_version: 'OrderCreated' has schema version 4, this program "
        "knows version 3");
  CHECK(why("OrderCreated", 2) ==
        "unsupported_schema_version: 'OrderCreated' has schema version 2, this program "
        "knows version 3");
}
