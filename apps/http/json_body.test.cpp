#include <tusker/http/json_body.hpp>

#include <tusker/http/http_errc.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker_test/catch.hpp>

#include <cstdint>
#include <string>

using namespace tusker;

namespace {

struct wish {
  std::int64_t count = 0;
  static constexpr auto schema = record("Wish", field("count", &wish::count));
};

} // namespace

TEST_CASE("an object that names a member twice is refused, with the name") {
  auto refused = decode_json_body<wish>(R"({"count":1,"other":2,"count":1})");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == http_errc::bad_request);
  CHECK(refused.error().message() == "an object has the member 'count' twice; say it once");
}

TEST_CASE("a name is found twice however deep it stands and however it is written") {
  CHECK_FALSE(check_member_names(R"([{"a":{"b":[0,{"c":1,"c":2}]}}])"));
  CHECK_FALSE(check_member_names(R"({"ab":1,"\u0061b":2})"));
  CHECK_FALSE(check_member_names(R"({"":1,"":1})"));
  constexpr std::size_t depth = 100;
  auto deep = std::string(depth, '[') + R"({"x":1,"x":1})" + std::string(depth, ']');
  CHECK_FALSE(check_member_names(deep));
}

TEST_CASE("the same name in different objects is right, and so is a member that nobody reads") {
  CHECK(check_member_names(R"({"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}],"c":"a"})"));
  CHECK(decode_json_body<wish>(R"({"count":3,"more":{}})")->count == 3);
}

TEST_CASE("no body is an empty object, and what is no JSON is told of as ever") {
  CHECK(decode_json_body<wish>("").error().code() == model_errc::schema_mismatch);
  CHECK(decode_json_body<wish>("{\"count\":").error().code() == model_errc::malformed_json);
}
