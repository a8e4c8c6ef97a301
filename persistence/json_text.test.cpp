#include <tusker/persistence/json_text.hpp>

#include <tusker_test/catch.hpp>

using namespace tusker;

TEST_CASE("the text of a member is found as it stands, whatever its value is") {
  constexpr auto object =
      R"( { "a" : 1.10 , "b":{"a":"}\"","c":[1,{"d":2}]} ,"e":"x,\\\"y", "f":null,"g" : [ ] } )";
  CHECK(json_member_text(object, "a") == "1.10");
  CHECK(json_member_text(object, "b") == R"({"a":"}\"","c":[1,{"d":2}]})");
  CHECK(json_member_text(object, "e") == R"("x,\\\"y")");
  CHECK(json_member_text(object, "f") == "null");
  CHECK(json_member_text(object, "g") == "[ ]");
  CHECK_FALSE(json_member_text(object, "c"));
  CHECK_FALSE(json_member_text("{}", "a"));
  CHECK(json_member_text(R"({"a":1,"a":2})", "a") == "1");
}

TEST_CASE("compact JSON has no space between tokens and keeps every digit and all texts") {
  CHECK(compact_json_text("{ \"a b\" : [ 1.10 ,\n 123456789012345678901234567890 ] }") ==
        "{\"a b\":[1.10,123456789012345678901234567890]}");
  CHECK(compact_json_text(R"({"quote":"\" , \\"})") == R"({"quote":"\" , \\"})");
}
