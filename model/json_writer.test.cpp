#include <tusker/model/json_writer.hpp>

#include <tusker/model/model_errc.hpp>

#include <tusker_test/catch.hpp>

#include <cmath>
#include <limits>

using tusker::json_writer;

namespace {

/// The JSON that `write` puts; the error when there is one.
template <class Write>
auto written(Write write) -> std::string {
  json_writer out;
  write(out);
  auto json = std::move(out).finish();
  return json ? *json : to_string(json.error());
}

auto text(std::string_view value) -> std::string {
  return written([&](json_writer& out) { out.text(value); });
}

auto is_text(std::string_view value) -> bool {
  json_writer out;
  out.text(value);
  return std::move(out).finish().has_value();
}

/// An object with one member, which has `value` for its key and its text.
auto as_key_and_text(std::string_view value) -> std::string {
  return written([&](json_writer& out) {
    out.begin_object();
    out.key(value);
    out.text(value);
    out.end_object();
  });
}

auto number(double value) -> std::string {
  return written([&](json_writer& out) { out.number(value); });
}

} // namespace

TEST_CASE("commas stand between the members and elements that were written") {
  CHECK(written([](json_writer& out) {
          out.begin_object();
          out.key("a");
          out.integer(1);
          out.key("b");
          out.begin_array();
          out.boolean(true);
          out.null();
          out.begin_object();
          out.end_object();
          out.begin_array();
          out.end_array();
          out.end_array();
          out.key("c");
          out.text("x");
          out.end_object();
        }) == R"({"a":1,"b":[true,null,{},[]],"c":"x"})");
}

TEST_CASE("quotes backslashes and control characters are escaped") {
  CHECK(text(R"(say "hi" \ bye)") == R"("say \"hi\" \\ bye")");
  CHECK(text("a\nb\rc\td") == R"("a\nb\rc\td")");
  CHECK(text(std::string_view("\0\x01\x1F\x7F", 4)) == "\"\\u0000\\u0001\\u001f\x7F\"");
  CHECK(text("\b\f") == R"("\u0008\u000c")");
}

TEST_CASE("text in UTF-8 stands for itself") {
  CHECK(text("Spezialitäten \xF0\x9F\x90\x98 €") == "\"Spezialitäten \xF0\x9F\x90\x98 €\"");
  CHECK(text("") == R"("")");
}

TEST_CASE("integers are written to the ends of their range") {
  CHECK(written([](json_writer& out) { out.integer(std::numeric_limits<std::int64_t>::min()); }) ==
        "-9223372036854775808");
  CHECK(written([](json_writer& out) { out.unsigned_integer(std::numeric_limits<std::uint64_t>::max()); }) ==
        "18446744073709551615");
}

TEST_CASE("numbers are written as short as they can be read back exactly") {
  CHECK(number(0.1) == "0.1");
  CHECK(number(1.0) == "1");
  CHECK(number(-2.5) == "-2.5");
  CHECK(number(1e300) == "1e+300");
  CHECK(number(std::numeric_limits<double>::denorm_min()) == "5e-324");
  CHECK(number(-0.0) == "-0.0");
}

TEST_CASE("a number that is not finite is refused with its field") {
  for (auto value : {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
                     std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(written([&](json_writer& out) {
            out.begin_object();
            out.key("price");
            out.number(value);
            out.end_object();
          }) == "not_encodable: the field 'price': the number is not finite");
  }
}

TEST_CASE("a character that needs an escape is found in texts of all lengths and at all places") {
  for (std::size_t length = 1; length <= 80; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      for (const auto& [plain, escaped] : {std::pair("\"", "\\\""), {"\\", "\\\\"}, {"\x1F", "\\u001f"}}) {
        auto with = [at, length](const char* middle) {
          return std::string(at, '~').append(middle).append(length - at - 1, ' ');
        };
        auto quoted = std::string("\"").append(with(escaped)).append("\"");
        REQUIRE(as_key_and_text(with(plain)) ==
                std::string("{").append(quoted).append(":").append(quoted).append("}"));
      }
    }
  }
}

TEST_CASE("texts of all lengths are written as they are, and none when one byte is no text") {
  for (std::size_t length = 0; length <= 80; ++length) {
    auto text = std::string(length, '\x7F');
    REQUIRE(written([&](json_writer& out) { out.text(text); }) == '"' + text + '"');
    for (std::size_t at = 0; at < length; ++at) {
      auto broken = text;
      broken[at] = '\xFF';
      REQUIRE_FALSE(is_text(broken));
    }
  }
}

TEST_CASE("values are written the same wherever they come to stand in what is written") {
  // What is short is put together in one place and moves when there is too much: each of these stands astride once.
  for (std::size_t before = 400; before <= 1'100; ++before) {
    auto filling = std::string(before, 'f');
    auto json = written([&](json_writer& out) {
      out.begin_object();
      out.key("filling");
      out.text(filling);
      out.key("n\"");
      out.integer(-1'234'567'890'123);
      out.key("list");
      out.begin_array();
      out.number(0.25);
      out.text("tab\tand more");
      out.null();
      out.end_array();
      out.end_object();
    });
    REQUIRE(json ==
            R"({"filling":")" + filling + R"(","n\"":-1234567890123,"list":[0.25,"tab\tand more",null]})");
  }
}

TEST_CASE("a fault names the member it is at, also behind much else and after members with escapes") {
  CHECK(written([](json_writer& out) {
          out.begin_object();
          out.key("filling");
          out.text(std::string(2'000, 'f'));
          out.key("a name");
          out.text("caf\xE9");
          out.end_object();
        }) == "not_encodable: the field 'a name': the text is not UTF-8");
  CHECK(written([](json_writer& out) {
          out.begin_object();
          out.key("q\"");
          out.integer(1);
          out.key("tab\t!");
          out.number(std::numeric_limits<double>::infinity());
          out.end_object();
        }) == "not_encodable: the field 'tab\\t!': the number is not finite");
}

TEST_CASE("text that is not UTF-8 is refused with its field") {
  CHECK(written([](json_writer& out) {
          out.begin_object();
          out.key("name");
          out.text("caf\xE9");
          out.end_object();
        }) == "not_encodable: the field 'name': the text is not UTF-8");
  json_writer out;
  out.text("\xED\xA0\x80");
  auto finished = std::move(out).finish();
  CHECK(finished.error().code() == tusker::model_errc::not_encodable);
}

TEST_CASE("a member's name that is not UTF-8 is refused") {
  json_writer out;
  out.begin_object();
  out.key("\xFF");
  out.integer(1);
  out.end_object();
  auto finished = std::move(out).finish();
  CHECK_FALSE(finished);
}

TEST_CASE("the first of several faults is the one that is told") {
  CHECK(written([](json_writer& out) {
          out.begin_array();
          out.refuse("first");
          out.refuse("second");
          out.end_array();
        }) == "not_encodable: the field '': first");
}

TEST_CASE("deep nesting is written without a limit") {
  constexpr std::size_t depth = 100'000;
  auto json = written([](json_writer& out) {
    for (std::size_t level = 0; level < depth; ++level)
      out.begin_array();
    for (std::size_t level = 0; level < depth; ++level)
      out.end_array();
  });
  CHECK(json == std::string(depth, '[') + std::string(depth, ']'));
}
