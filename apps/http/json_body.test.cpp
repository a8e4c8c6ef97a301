#include <tusker/http/json_body.hpp>

#include <tusker/http/http_errc.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker_test/catch.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

using namespace tusker;

namespace {

struct part {
  std::int64_t size = 0;
  static constexpr auto schema = record("Part", field("size", &part::size));
};

struct wish {
  std::int64_t count = 0;
  std::optional<std::vector<part>> parts = std::nullopt;
  std::optional<std::map<std::string, std::int64_t>> user = std::nullopt;
  static constexpr auto schema =
      record("Wish", field("count", &wish::count), field("parts", &wish::parts), field("user", &wish::user));
};

auto check_names(const std::string& json) -> result<void> {
  auto document = json_document::parse(json);
  REQUIRE(document);
  return check_member_names(document->root());
}

} // namespace

TEST_CASE("an object that names a member twice is refused, with the name") {
  auto refused = decode_json_body<wish>(R"({"count":1,"other":2,"count":1})");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == http_errc::bad_request);
  CHECK(refused.error().message() == "an object has the member 'count' twice; say it once");
}

TEST_CASE("a name is found twice however deep it stands and however it is written") {
  CHECK_FALSE(check_names(R"([{"a":{"b":[0,{"c":1,"c":2}]}}])"));
  CHECK_FALSE(check_names(R"({"ab":1,"\u0061b":2})"));
  CHECK_FALSE(check_names(R"({"":1,"":1})"));
  constexpr std::size_t depth = 100;
  auto deep = std::string(depth, '[') + R"({"x":1,"x":1})" + std::string(depth, ']');
  CHECK_FALSE(check_names(deep));
}

TEST_CASE("the same name in different objects is right") {
  CHECK(check_names(R"({"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}],"c":"a"})"));
}

TEST_CASE("a member that nobody reads is refused, with the place and the nearest one") {
  auto refused = decode_json_body<wish>(R"({"count":3,"cuont":4})");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == model_errc::schema_mismatch);
  CHECK(refused.error().message() ==
        "Wish: there is no member 'cuont'; did you mean 'count'? Known: count, parts, user");
  auto inside = decode_json_body<wish>(R"({"count":3,"parts":[{"size":1},{"size":1,"":2}]})");
  REQUIRE_FALSE(inside);
  CHECK(inside.error().message() == "Wish.parts[1]: there is no member ''; known: size");
}

TEST_CASE("a member of what has names of its own is known, and what is stored may have any") {
  CHECK(decode_json_body<wish>(R"({"count":3,"user":{"cuont":4}})")->user->at("cuont") == 4);
  CHECK(decode<wish>(R"({"count":3,"cuont":4,"parts":[{"size":1,"more":[]}]})")->parts->size() == 1);
}

TEST_CASE("no body is an empty object, and what is no JSON is told of as ever") {
  CHECK(decode_json_body<wish>("").error().code() == model_errc::schema_mismatch);
  CHECK(decode_json_body<wish>("{\"count\":").error().code() == model_errc::malformed_json);
}
