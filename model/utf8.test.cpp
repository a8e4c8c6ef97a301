#include <tusker/model/utf8.hpp>

#include <tusker_test/catch.hpp>

#include <string>

using tusker::utf8_sequence_bytes;

namespace {

/// The UTF-8 of a code point, by the table of RFC 3629, section 3: also of those that are not allowed.
auto utf8_of(std::uint32_t point) -> std::string {
  auto tail = [&](unsigned shift) { return static_cast<char>(0x80U | ((point >> shift) & 0x3FU)); };
  if (point < 0x80)
    return {static_cast<char>(point)};
  if (point < 0x800)
    return {static_cast<char>(0xC0U | (point >> 6U)), tail(0)};
  if (point < 0x10000)
    return {static_cast<char>(0xE0U | (point >> 12U)), tail(6), tail(0)};
  return {static_cast<char>(0xF0U | (point >> 18U)), tail(12), tail(6), tail(0)};
}

} // namespace

TEST_CASE("every code point but the surrogates is UTF-8 of its length") {
  for (std::uint32_t point = 0; point <= 0x10FFFF; point += point < 0x3000 ? 1 : 61) {
    auto text = utf8_of(point);
    auto is_surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (utf8_sequence_bytes(text) != (is_surrogate ? 0 : text.size()))
      FAIL("code point " << point);
  }
}

TEST_CASE("the ends of each UTF-8 length are accepted") {
  for (auto point : {0x00U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0xFFFFU, 0x10000U, 0x10FFFFU})
    CHECK(utf8_sequence_bytes(utf8_of(point)) == utf8_of(point).size());
}

TEST_CASE("surrogates and code points past the last are no UTF-8") {
  for (auto point : {0xD800U, 0xDBFFU, 0xDC00U, 0xDFFFU, 0x110000U, 0x1FFFFFU})
    CHECK(utf8_sequence_bytes(utf8_of(point)) == 0);
}

TEST_CASE("overlong forms are no UTF-8") {
  for (const auto* text : {"\xC0\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xE0\x9F\xBF",
                           "\xF0\x80\x80\xAF", "\xF0\x8F\xBF\xBF"})
    CHECK(utf8_sequence_bytes(text) == 0);
}

TEST_CASE("torn sequences and stray bytes are no UTF-8") {
  for (const auto* text :
       {"\x80", "\xBF", "\xC3", "\xC3(", "\xE2\x82", "\xE2(\xAC", "\xE2\x82(", "\xF0\x9F\x90",
        "\xF0\x9F\x90(", "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFE", "\xFF"})
    CHECK(utf8_sequence_bytes(text) == 0);
  CHECK(utf8_sequence_bytes("") == 0);
}

TEST_CASE("a text is UTF-8 when all of it is") {
  CHECK(tusker::is_utf8(""));
  CHECK(tusker::is_utf8("Spezialitäten \xF0\x9F\x90\x98"));
  CHECK(tusker::is_utf8(std::string_view("a\0b", 3)));
  CHECK_FALSE(tusker::is_utf8("good\xFFgood"));
  CHECK_FALSE(tusker::is_utf8("good\xC3"));
}
