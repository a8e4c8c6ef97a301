#include <tusker/persistence/packed_text.hpp>

#include <tusker/persistence/page_space.hpp>
#include <tusker_test/catch.hpp>

#include <random>
#include <string>

namespace tusker {

namespace {

auto order_like(std::size_t lines) -> std::string {
  std::string json = R"({"order_id":"o-00000001","lines":[)";
  for (std::size_t at = 0; at < lines; ++at)
    json += R"({"sku":"sku-)" + std::to_string(at * 7919 % 10'007) + R"(","quantity":)" +
            std::to_string(at % 9) + R"(,"unit_price_cents":)" + std::to_string(at * 131 % 5'003) + "},";
  return json + "]}";
}

auto noise(std::size_t bytes) -> std::string {
  std::mt19937 random(7); // NOLINT: the same bytes in every run
  std::string text(bytes, '\0');
  for (auto& byte : text)
    byte = static_cast<char>(random());
  return text;
}

auto unpacked(const packed_text& packed) -> std::string {
  return unpack_text(packed.view()).value();
}

} // namespace

TEST_CASE("a value's space jumps where fewer of them share a page") {
  CHECK(page_space(1'340) == 1'365);
  CHECK(page_space(1'500) == 2'048);
  CHECK(page_space(2'022) == 2'048);
  CHECK(page_space(2'100) == 4'096);
  CHECK(page_space(4'080) == 4'096);
  CHECK(page_space(4'090) == 8'192);
  CHECK(page_space(10) < 50);
}

TEST_CASE("a large text of a kind that packs well is packed and comes back") {
  for (auto lines : {30U, 60U, 100U, 5'000U}) {
    auto plain = order_like(lines);
    auto packed = pack_text(plain, 100);
    CHECK(packed.view().codec == text_codec::zstd);
    CHECK(packed.view().text_bytes() == plain.size());
    CHECK(page_space(100 + packed.view().bytes.size()) < page_space(100 + plain.size()));
    CHECK(unpacked(packed) == plain);
  }
}

TEST_CASE("a small text, and one that does not pack, stay as they are") {
  for (const auto& plain : {std::string(), order_like(2), noise(5'000)}) {
    auto packed = pack_text(plain, 72);
    CHECK(packed.view().codec == text_codec::plain);
    CHECK(packed.view().bytes.data() == plain.data());
    CHECK(packed.view().text_bytes() == plain.size());
    CHECK(unpacked(packed) == plain);
  }
}

TEST_CASE("what is not a packed text of its length is not unpacked") {
  auto plain = order_like(40);
  auto packed = pack_text(plain, 72);
  auto good = packed.view();
  REQUIRE(good.codec == text_codec::zstd);
  auto longer = good;
  ++longer.plain_bytes;
  auto none = good;
  none.plain_bytes = 0;
  auto cut = good;
  cut.bytes.remove_suffix(1);
  auto unknown = good;
  unknown.codec = static_cast<text_codec>(9);
  auto plain_with_length = packed_view{text_codec::plain, 3, "abc"};
  auto huge = good;
  huge.plain_bytes = 0xFFFF'FFFF;
  const auto with_empty_frame = std::string(good.bytes) + std::string("\x50\x2A\x4D\x18\0\0\0\0", 8);
  auto two_frames = good;
  two_frames.bytes = with_empty_frame;
  for (const auto& bad : {longer, none, cut, unknown, plain_with_length, huge, two_frames})
    CHECK_FALSE(unpack_text(bad));
}

} // namespace tusker
