#include <tusker/model/codec.hpp>

#include <tusker/model/model_errc.hpp>

#include <tusker_test/catch.hpp>

namespace {

struct line {
  std::string sku;
  std::uint16_t quantity = 0;
  static constexpr auto schema =
      tusker::record("Line", tusker::field("sku", &line::sku), tusker::field("quantity", &line::quantity));
};

struct parcel_sent {
  std::string parcel_id;
  std::vector<line> lines;
  std::map<std::string, std::vector<line>> extras;
  std::optional<std::string> note;
  static constexpr auto schema =
      tusker::event("ParcelSent", 3, tusker::field("parcel_id", &parcel_sent::parcel_id),
                    tusker::field("lines", &parcel_sent::lines),
                    tusker::field("extras", &parcel_sent::extras), tusker::field("note", &parcel_sent::note));
};

struct bell_rung {
  static constexpr auto schema = tusker::event("BellRung", 1);
};

/// The error's sentence.
auto fault(std::string_view json) -> std::string {
  auto value = tusker::decode<parcel_sent>(json);
  return value ? "no fault" : value.error().message();
}

auto code(std::string_view json) -> std::error_code {
  auto value = tusker::decode<parcel_sent>(json);
  return value ? std::error_code() : value.error().code();
}

} // namespace

TEST_CASE("a message is written field by field in the order of its schema") {
  auto sent = parcel_sent{"p-1", {{"tea", 2}}, {{"gift", {{"card", 1}}}}, "fragile"};
  CHECK(tusker::encode(sent) ==
        std::string(R"({"parcel_id":"p-1","lines":[{"sku":"tea","quantity":2}],)"
                    R"("extras":{"gift":[{"sku":"card","quantity":1}]},"note":"fragile"})"));
}

TEST_CASE("members are read in any order and unknown ones are passed over") {
  auto sent = tusker::decode<parcel_sent>(
      R"({"new": [1, {"deep": []}], "extras": {}, "lines": [{"quantity": 2, "sku": "tea", "more": 1}],)"
      R"("parcel_id": "p"})");
  REQUIRE(sent);
  CHECK(sent->parcel_id == "p");
  CHECK(sent->lines.at(0).quantity == 2);
  CHECK_FALSE(sent->note);
}

TEST_CASE("a message without fields is an empty object") {
  CHECK(tusker::encode(bell_rung{}) == std::string("{}"));
  CHECK(tusker::decode<bell_rung>("{}"));
  CHECK(tusker::decode<bell_rung>(R"({"volume": 11})"));
  CHECK_FALSE(tusker::decode<bell_rung>("[]"));
}

TEST_CASE("an error names the place in the JSON") {
  CHECK(fault("[]") == "ParcelSent: expected an object, found array");
  CHECK(fault(R"({"parcel_id": 7})") == "ParcelSent.parcel_id: expected a text, found integer");
  CHECK(
      fault(R"({"parcel_id": "p", "lines": [{"sku": "a", "quantity": 1}, {"sku": "b", "quantity": "2"}]})") ==
      "ParcelSent.lines[1].quantity: expected an integer of at least 0, found text");
  CHECK(fault(R"({"parcel_id": "p", "lines": [], "extras": {"gift": [{"sku": "a", "quantity": 65536}]}})") ==
        "ParcelSent.extras.gift[0].quantity: the integer 65536 is out of range");
  CHECK(fault(R"({"parcel_id": "p", "lines": [], "extras": {}, "note": 1})") ==
        "ParcelSent.note: expected a text, found integer");
  CHECK(code("[]") == tusker::model_errc::schema_mismatch);
}

TEST_CASE("a missing field is named with the nearest member that is there") {
  CHECK(fault(R"({"parcel_ID": "p", "lines": []})") ==
        "ParcelSent: the field 'parcel_id' is missing (there is 'parcel_ID')");
  CHECK(fault("{}") == "ParcelSent: the field 'parcel_id' is missing");
  CHECK(fault(R"({"parcel_id": "p", "lines": [{"sku": "a", "quantty": 1}]})") ==
        "ParcelSent.lines[0]: the field 'quantity' is missing (there is 'quantty')");
}

TEST_CASE("null is no value for a field that must have one") {
  CHECK(fault(R"({"parcel_id": null})") == "ParcelSent.parcel_id: expected a text, found null");
}

TEST_CASE("what is not JSON is refused with the type that was wanted") {
  CHECK(code("{") == tusker::model_errc::malformed_json);
  CHECK(fault("{").find("ParcelSent: not JSON at byte ") == 0);
}

TEST_CASE("an encoded message carries its type and version") {
  auto message = tusker::encode_message(bell_rung{});
  REQUIRE(message);
  CHECK(*message == tusker::encoded_message{"BellRung", tusker::schema_version(1), "{}"});
  CHECK(tusker::encode_message(parcel_sent{})->version == tusker::schema_version(3));
}

TEST_CASE("a message that JSON cannot hold names its type and field") {
  auto message = tusker::encode_message(parcel_sent{"p", {{"\xFF", 1}}, {}, {}});
  REQUIRE_FALSE(message);
  CHECK(message.error().code() == tusker::model_errc::not_encodable);
  CHECK(message.error().message() == "ParcelSent: the field 'sku': the text is not UTF-8");
}
