#include <tusker/cli/stored_json.hpp>

#include <tusker_test/catch.hpp>

using namespace tusker::cli;

TEST_CASE("compact JSON has no white space between tokens and keeps every digit") {
  CHECK(compact_json("{ \"a b\" : [ 1.10 ,\n 123456789012345678901234567890 ] }") ==
        "{\"a b\":[1.10,123456789012345678901234567890]}");
  CHECK(compact_json(R"({"quote":"\" , \\"})") == R"({"quote":"\" , \\"})");
}

TEST_CASE("what is not JSON is shown as a JSON text") {
  CHECK(compact_json("{\"a\":") == R"("{\"a\":")");
  CHECK(compact_json("") == "\"\"");
  CHECK(compact_json("\xFF\n") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST_CASE("pretty JSON has a member a line, and inner flat objects on one line") {
  CHECK(pretty_json(R"({"id":"a,b","items":[{"sku":"x","n":1},{"sku":"y","n":2}],"none":[],"total":5})", 2) ==
        "  {\n"
        "    \"id\": \"a,b\",\n"
        "    \"items\": [\n"
        "      {\"sku\": \"x\", \"n\": 1},\n"
        "      {\"sku\": \"y\", \"n\": 2}\n"
        "    ],\n"
        "    \"none\": [],\n"
        "    \"total\": 5\n"
        "  }");
  CHECK(pretty_json("{}", 0) == "{}");
  CHECK(pretty_json("12", 1) == " 12");
  CHECK(pretty_json(R"({"a":1})", 0) == "{\n  \"a\": 1\n}");
}
