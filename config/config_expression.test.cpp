#include <tusker/config/config_expression.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker_test/catch.hpp>

#include <string>

namespace tusker {
namespace {

TEST_CASE("a text is a text, and two @ begin one that begins with one") {
  CHECK_FALSE(parse_expression("orders").value().is_operator);
  CHECK(parse_expression("a@b.example").value().text == "a@b.example");
  CHECK(parse_expression("").value().text.empty());
  auto escaped = parse_expression(R"(@@env("X"))").value();
  CHECK_FALSE(escaped.is_operator);
  CHECK(escaped.text == "@env(\"X\")");
}

TEST_CASE("an operator has a name and arguments in either quotes") {
  auto read = parse_expression(R"(@env( "NAME" , 'a \'b\' \\' ))").value();
  REQUIRE(read.is_operator);
  CHECK(read.text == "env");
  REQUIRE(read.arguments.size() == 2);
  CHECK(read.arguments[0].text == "NAME");
  CHECK(read.arguments[1].text == "a 'b' \\");
  CHECK(parse_expression("@env.secure()").value().arguments.empty());
}

TEST_CASE("an operator is an argument of another") {
  auto read = parse_expression(R"(@duration(@env("X", "5s")))").value();
  REQUIRE(read.arguments.size() == 1);
  CHECK(read.arguments[0].is_operator);
  CHECK(read.arguments[0].arguments[1].text == "5s");
}

TEST_CASE("what is no operator is refused with what was expected and where") {
  auto [text, message] = GENERATE(table<std::string, std::string>({
      {"@", "expected an operator such as @env(\"NAME\"), or @@ for a text that begins with @, at letter 2 "
            "of the text"},
      {"@ORDERS", "expected an operator such as @env(\"NAME\"), or @@ for a text that begins with @, at "
                  "letter 2 of the text"},
      {"@env", "expected '(' behind @env, at letter 5 of the text"},
      {"@env(NAME)",
       "expected an argument in quotes, such as \"NAME\", or another operator, at letter 6 of the text"},
      {"@env(\"NAME)", "expected the quote that ends an argument, at letter 12 of the text"},
      {"@env(\"NAME\"", "expected ',' or ')' behind an argument of @env, at letter 12 of the text"},
      {"@env(\"A\" \"B\")", "expected ',' or ')' behind an argument of @env, at letter 10 of the text"},
      {"@env(\"A\",)",
       "expected an argument in quotes, such as \"NAME\", or another operator, at letter 10 of the text"},
      {"@env(\"A\")x", "expected nothing behind the last ')', at letter 10 of the text"},
  }));
  auto failure = parse_expression(text).error();
  CHECK(failure.code() == config_errc::malformed);
  CHECK(failure.message() == message);
}

TEST_CASE("operators nest to a limit") {
  auto nested = [](std::size_t depth) {
    std::string text = "\"x\"";
    for (std::size_t at = 0; at < depth; ++at)
      text.insert(0, "@env(").append(1, ')');
    return text;
  };
  CHECK(parse_expression(nested(operators_deep_max)));
  CHECK_FALSE(parse_expression(nested(operators_deep_max + 1)));
}

} // namespace
} // namespace tusker
