#include <tusker/model/field_changes.hpp>

#include <tusker/model/model_errc.hpp>

#include <tusker_test/catch.hpp>

#include <cstdint>

using tusker::field_changes;
using tusker::json_tree;

namespace {

auto changed(const field_changes& changes, std::string_view json) -> std::string {
  auto tree = changes.apply(tusker::parse_tree(json).value());
  return tree ? tusker::write_tree(*tree).value() : tree.error().message();
}

} // namespace

TEST_CASE("a field is renamed where it stands") {
  auto changes = field_changes{}.rename("customer", "customer_id");
  CHECK(changed(changes, R"({"id":1,"customer":"c","n":2})") == R"({"id":1,"customer_id":"c","n":2})");
}

TEST_CASE("a field that is not there is neither renamed nor changed nor removed") {
  auto changes = field_changes{}.rename("a", "b").remove("c").change("d", [](const json_tree&) { return 1; });
  CHECK(changed(changes, R"({"x":1})") == R"({"x":1})");
}

TEST_CASE("a field is not renamed over another") {
  CHECK(changed(field_changes{}.rename("a", "b"), R"({"a":1,"b":2})") ==
        "cannot rename the field 'a': there is a 'b'");
  CHECK(changed(field_changes{}.rename("a", "a"), R"({"a":1})") == R"({"a":1})");
  CHECK(changed(field_changes{}.remove("b").rename("a", "b"), R"({"a":1,"b":2})") == R"({"b":1})");
}

TEST_CASE("a field is added with any value and keeps the one it has") {
  CHECK(changed(field_changes{}.add("currency", "EUR"), R"({"n":1})") == R"({"n":1,"currency":"EUR"})");
  CHECK(changed(field_changes{}.add("currency", "EUR"), R"({"currency":"USD"})") == R"({"currency":"USD"})");
  CHECK(changed(field_changes{}.add("a", nullptr).add("b", json_tree::array()).add("c", 2), "{}") ==
        R"({"a":null,"b":[],"c":2})");
}

TEST_CASE("changes follow each other in the order told") {
  auto changes = field_changes{}
                     .rename("euros", "cents")
                     .change("cents", [](const json_tree& euros) { return euros.get<std::int64_t>() * 100; })
                     .remove("note")
                     .add("currency", "EUR");
  CHECK(changed(changes, R"({"euros":5,"note":"x"})") == R"({"cents":500,"currency":"EUR"})");
}
