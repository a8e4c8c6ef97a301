#include <tusker/model/json_reader.hpp>

#include <tusker_test/catch.hpp>

#include <string>

using tusker::json_reader;

namespace {

/// What `take` gets from the text, or "refused" when it is not the whole text.
template <class Take>
auto read_all(std::string_view json, const Take& take) -> std::string {
  json_reader in(json);
  std::string found = take(in);
  return in.is_finished() ? found : "refused";
}

auto text(std::string_view json) -> std::string {
  return read_all(json, [](json_reader& in) { return std::string(in.text()); });
}

auto integer(std::string_view json) -> std::string {
  return read_all(json, [](json_reader& in) { return std::to_string(in.integer()); });
}

auto number(std::string_view json) -> std::string {
  return read_all(json, [](json_reader& in) { return std::to_string(in.number()); });
}

auto skipped(std::string_view json) -> std::string {
  return read_all(json, [](json_reader& in) {
    in.skip();
    return "skipped";
  });
}

auto nested(int depth) -> std::string {
  return std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']');
}

} // namespace

TEST_CASE("plain texts of every length are read") {
  for (std::size_t length = 0; length < 40; ++length) {
    auto wanted = std::string(length, 'a');
    CHECK(text('"' + wanted + '"') == wanted);
    CHECK(text('"' + wanted + "\xC3\xA4\"") == wanted + "\xC3\xA4");
    CHECK(text('"' + wanted) == "refused");
  }
}

TEST_CASE(
    "a text with an escape, a control character or a byte that is no UTF-8 is refused wherever that stands") {
  for (const std::string bad : {"\\n", "\n", "\x1F", "\xC3", "\xED\xA0\x80", "\xFF"})
    for (std::size_t front = 0; front < 20; ++front)
      CHECK(text('"' + std::string(front, 'a') + bad + "bcdefghijklm\"") == "refused");
  CHECK(text(std::string("\"a\0b\"", 5)) == "refused");
  CHECK(text("\"\x7F\"") == "\x7F");
}

TEST_CASE("integers of up to 18 digits are read") {
  CHECK(integer("0") == "0");
  CHECK(integer("-0") == "0");
  CHECK(integer(" 999999999999999999 ") == "999999999999999999");
  CHECK(integer("-999999999999999999") == "-999999999999999999");
  for (const auto* other : {"1000000000000000000", "01", "-", "+1", "1.0", "1e2", "1E2", "0x1", "1 2", ""})
    CHECK(integer(other) == "refused");
}

TEST_CASE("numbers with a fraction and a small exponent are read") {
  CHECK(number("12") == "12.000000");
  CHECK(number("-0.5") == "-0.500000");
  CHECK(number("25e-1") == "2.500000");
  CHECK(number("2.5E+2") == "250.000000");
  CHECK(number("-0") == "0.000000");
  for (const auto* other :
       {"1.", ".5", "1e", "1e+", "1e100", "0e999", "-", "nan", "inf", "\"1\"", "null", "00.5"})
    CHECK(number(other) == "refused");
}

TEST_CASE("whatever is plain can be passed over") {
  for (const auto* plain : {"null", "true", "false", "-1.5e3", R"("a")", "[]", "{}", " [ 1 , [ ] , { } ] ",
                            R"( { "a" : { "b" : [ null ] } , "c" : 1 } )"})
    CHECK(skipped(plain) == "skipped");
  const auto* byte_order_mark = "\xEF\xBB\xBF"
                                "1";
  for (const auto* other : {"", "nul", "tru", "[1,]", "[1 2]", "[", "{", "]", R"({"a"})", R"({"a":})",
                            R"({"a":1,})", R"({a:1})", "[1}", R"({"a":1])", "1 1", byte_order_mark})
    CHECK(skipped(other) == "refused");
}

TEST_CASE("what is nested deep is refused") {
  CHECK(skipped(nested(32)) == "skipped");
  CHECK(skipped(nested(33)) == "refused");
  CHECK(skipped(std::string(1'000'000, '[')) == "refused");
}

TEST_CASE("a member's name is taken if it is the one that is wanted") {
  json_reader in(R"({"a":1,"bc" : 2})");
  REQUIRE(in.begin_object());
  CHECK_FALSE(in.take_key("b"));
  CHECK_FALSE(in.take_key("ab"));
  REQUIRE(in.take_key("a"));
  CHECK(in.integer() == 1);
  REQUIRE(in.next_member());
  CHECK_FALSE(in.take_key("bc"));
  CHECK(in.key() == "bc");
  CHECK(in.integer() == 2);
  CHECK_FALSE(in.next_member());
  CHECK(in.is_finished());
}

TEST_CASE("nothing more is read after a refusal") {
  json_reader in("[1,2]");
  REQUIRE(in.begin_array());
  in.refuse();
  CHECK_FALSE(in.next_element());
  CHECK(in.text().empty());
  CHECK(in.integer() == 0);
  CHECK_FALSE(in.is_finished());
}
