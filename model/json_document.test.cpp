#include <tusker/model/json_document.hpp>

#include <tusker/model/model_errc.hpp>

#include <tusker_test/catch.hpp>

#include <limits>
#include <optional>
#include <string>

using tusker::json_document;

namespace {

/// The document of a text that is known to be JSON.
auto parsed(std::string_view text) -> json_document {
  auto document = json_document::parse(text);
  INFO(text);
  REQUIRE(document);
  return *std::move(document);
}

auto is_malformed(std::string_view text) -> bool {
  auto document = json_document::parse(text);
  return !document && document.error().code() == tusker::model_errc::malformed_json;
}

auto integer_of(std::string_view text) -> std::optional<std::int64_t> {
  auto document = parsed(text);
  return document.root().integer();
}

auto unsigned_of(std::string_view text) -> std::optional<std::uint64_t> {
  auto document = parsed(text);
  return document.root().unsigned_integer();
}

} // namespace

TEST_CASE("every kind of value says what it is") {
  auto document = parsed(R"([null, true, 1, 1.5, "x", [], {}])");
  std::string kinds;
  for (const auto& value : document.root().children())
    kinds += std::string(value.kind_name()) + " ";
  CHECK(kinds == "null boolean integer number text array object ");
  CHECK(document.root().kind_name() == "array");
}

TEST_CASE("a value is read as its own kind and as no other") {
  auto document = parsed(R"({"flag": true, "text": "1", "none": null, "list": [1]})");
  auto root = document.root();
  CHECK(root.member("flag")->boolean() == true);
  CHECK_FALSE(root.member("flag")->integer());
  CHECK(*root.member("text")->text() == "1");
  CHECK_FALSE(root.member("text")->integer());
  CHECK_FALSE(root.member("text")->number());
  CHECK(root.member("none")->is_null());
  CHECK_FALSE(root.member("none")->boolean());
  CHECK(root.member("list")->is_array());
  CHECK(root.member("list")->text() == nullptr);
  CHECK_FALSE(root.member("list")->member("0"));
  CHECK_FALSE(root.member("absent"));
  CHECK(root.is_object());
}

TEST_CASE("members and elements come in their order with their names") {
  auto document = parsed(R"({"b": [1, [2, 3]], "a": {"x": {"y": 1}}, "c": 4})");
  std::string names;
  for (const auto& member : document.root().children())
    names += member.key();
  CHECK(names == "bac");
  CHECK(document.root().member("b")->children().size() == 2);
  CHECK(document.root().member("b")->children()[1].children()[1].integer() == 3);
  CHECK(document.root().member("a")->member("x")->member("y")->integer() == 1);
  // A member of a child is not a member of its parent.
  CHECK_FALSE(document.root().member("x"));
}

TEST_CASE("integers are exact to the ends of 64 bits") {
  CHECK(integer_of("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
  CHECK(integer_of("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  CHECK_FALSE(integer_of("9223372036854775808"));
  CHECK_FALSE(integer_of("-9223372036854775809"));
  CHECK(unsigned_of("9223372036854775808") == 9223372036854775808U);
  CHECK(unsigned_of("18446744073709551615") == std::numeric_limits<std::uint64_t>::max());
  CHECK_FALSE(unsigned_of("18446744073709551616"));
  CHECK_FALSE(unsigned_of("-1"));
  CHECK(unsigned_of("0") == 0U);
}

TEST_CASE("a number with a fraction or an exponent is no integer") {
  CHECK_FALSE(integer_of("1.0"));
  CHECK_FALSE(integer_of("1e2"));
  CHECK_FALSE(unsigned_of("1.0"));
  CHECK(parsed("1e2").root().kind_name() == "number");
}

TEST_CASE("an integer is a number too") {
  auto document = parsed("[-3, 18446744073709551615, 2.5]");
  CHECK(document.root().children()[0].number() == -3.0);
  CHECK(document.root().children()[1].number() == 18446744073709551615.0);
  CHECK(document.root().children()[2].number() == 2.5);
}

TEST_CASE("of members with the same name the first counts") {
  auto document = parsed(R"({"a": 1, "a": 2})");
  CHECK(document.root().member("a")->integer() == 1);
  CHECK(document.root().children().size() == 2);
}

TEST_CASE("escapes in text are undone") {
  auto document = parsed(R"("\"\\\/\b\f\n\r\t\u00e4\ud83d\udc18\u0000.")");
  CHECK(*document.root().text() == std::string("\"\\/\b\f\n\r\tä\xF0\x9F\x90\x98\0.", 16));
}

TEST_CASE("white space around a value is passed over") {
  CHECK(integer_of(" \t\r\n7 \t\r\n") == 7);
}

TEST_CASE("a byte order mark in front of a value is passed over and nowhere else") {
  CHECK(integer_of("\xEF\xBB\xBF 7") == 7);
  CHECK(is_malformed(" \xEF\xBB\xBF"
                     "7"));
  CHECK(is_malformed("\xEF\xBB\xBF"));
}

TEST_CASE("what is not JSON is refused") {
  for (const auto* text :
       {"",          " ",           "{",        "}",        "[1,]",      "[1 2]",       R"({"a"})",
        R"({"a":})", R"({"a":1,})", "{a:1}",    "{'a':1}",  "nul",       "TRUE",        "01",
        "+1",        "1.",          ".5",       "1e",       "0x10",      "NaN",         "Infinity",
        "1e999",     R"("abc)",     "\"a\nb\"", R"("\x")",  R"("\u12")", R"("\ud800")", R"("\udc00")",
        "1 2",       "{} x",        "[1]]",     "// no\n1", "/**/1"}) {
    INFO(text);
    CHECK(is_malformed(text));
  }
}

TEST_CASE("text that is not UTF-8 is not JSON") {
  for (const auto* text : {"\"\xFF\"", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "\"\xC3\"", "\xFF"})
    CHECK(is_malformed(text));
}

TEST_CASE("a zero byte is not JSON wherever it stands") {
  CHECK(is_malformed(std::string_view("1\0", 2)));
  CHECK(is_malformed(std::string_view("{}\0garbage", 10)));
  CHECK(is_malformed(std::string_view("\0{}", 3)));
  CHECK(is_malformed(std::string_view("\"a\0b\"", 5)));
}

TEST_CASE("the refusal names the byte where it went wrong") {
  CHECK(json_document::parse("[1,]").error().message() == "not JSON at byte 4, near '1,]'");
  CHECK(json_document::parse(std::string_view("1\0", 2)).error().message() ==
        "not JSON at byte 2, a zero byte");
}

TEST_CASE("the refusal does not repeat what is long or no text") {
  CHECK(json_document::parse("\"\xFF\"").error().message() == "not JSON at byte 2");
  CHECK(json_document::parse("\"" + std::string(1'000'000, 'x')).error().message().size() < 50);
}

TEST_CASE("deep nesting is read without recursion") {
  constexpr std::size_t depth = 100'000;
  auto document = parsed(std::string(depth, '[') + std::string(depth, ']'));
  auto value = document.root();
  std::size_t levels = 1;
  for (auto inner = value.children(); !inner.empty(); inner = value.children()) {
    value = inner.front();
    ++levels;
  }
  CHECK(levels == depth);
  CHECK(is_malformed(std::string(depth, '[')));
  std::string objects;
  for (std::size_t level = 0; level < depth; ++level)
    objects += R"({"a":)";
  CHECK(is_malformed(objects));
  CHECK(json_document::parse(objects + "1" + std::string(depth, '}')));
}
