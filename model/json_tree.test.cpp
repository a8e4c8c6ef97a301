#include <tusker/model/json_tree.hpp>

#include <tusker/model/model_errc.hpp>

#include <tusker_test/catch.hpp>

#include <limits>

using tusker::json_tree;
using tusker::model_errc;
using tusker::parse_tree;
using tusker::write_tree;

namespace {

auto again(std::string_view text) -> std::string {
  return write_tree(parse_tree(text).value()).value();
}

auto nested(std::size_t levels) -> std::string {
  return std::string(levels, '[') + std::string(levels, ']');
}

} // namespace

TEST_CASE("a tree that was read is written as it was") {
  for (const auto* text : {R"({"z":1,"a":[true,false,null],"m":{"x":"\u0001\"ä"}})", "[]", "{}", "0", "\"\"",
                           "-9223372036854775808", "18446744073709551615", "1.5"})
    CHECK(again(text) == text);
}

TEST_CASE("of members with the same name the first counts in a tree too") {
  CHECK(again(R"({"a": 1, "b": 2, "a": 3})") == R"({"a":1,"b":2})");
}

TEST_CASE("text that is not JSON gives no tree") {
  CHECK(parse_tree("{").error().code() == model_errc::malformed_json);
  CHECK(parse_tree(std::string("{}\0", 3)).error().code() == model_errc::malformed_json);
}

TEST_CASE("a tree has a deepest level") {
  CHECK(parse_tree(nested(tusker::json_tree_depth_max)));
  CHECK(parse_tree(nested(tusker::json_tree_depth_max + 1)).error().code() == model_errc::schema_mismatch);
  CHECK(parse_tree(nested(100'000)).error().code() == model_errc::schema_mismatch);
  auto deep = parse_tree(nested(tusker::json_tree_depth_max)).value();
  CHECK(write_tree(deep));
  CHECK(write_tree(json_tree::array({deep})).error().code() == model_errc::not_encodable);
}

TEST_CASE("a tree that JSON cannot hold is not written") {
  CHECK(write_tree(json_tree("\xFF")).error().code() == model_errc::not_encodable);
  CHECK(write_tree(json_tree(std::numeric_limits<double>::infinity())).error().code() ==
        model_errc::not_encodable);
  CHECK(write_tree(json_tree::binary({1, 2})).error().code() == model_errc::not_encodable);
}
