#include <tusker/model/content_hash.hpp>

#include <tusker_test/catch.hpp>

#include <xxhash.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

auto hash(std::initializer_list<std::string_view> parts) -> tusker::content_hash {
  return tusker::hash_of(std::vector<std::string_view>(parts));
}

} // namespace

TEST_CASE("equal content has an equal hash") {
  CHECK(hash({"order-1", "PlaceOrder"}) == hash({"order-1", "PlaceOrder"}));
  CHECK(hash({"order-1"}) != hash({"order-2"}));
}

TEST_CASE("each part of hashed content counts with its length") {
  CHECK(hash({"ab", "c"}) != hash({"a", "bc"}));
  CHECK(hash({"abc"}) != hash({"abc", ""}));
  CHECK(hash({}) != hash({""}));
  CHECK(hash({"", "a"}) != hash({"a", ""}));
}

TEST_CASE("content may have zero bytes and any size") {
  CHECK(hash({std::string_view("a\0b", 3)}) != hash({std::string_view("a\0c", 3)}));
  auto large = std::string(3'000'000, 'x');
  auto other = large;
  other.back() = 'y';
  CHECK(hash({large}) != hash({other}));
}

TEST_CASE("short and long content is hashed alike: its parts, each after its length, as one text") {
  for (std::size_t size = 980; size < 1'060; ++size) {
    auto parts = std::vector<std::string>{"", std::string(17, 'n'), std::string(size - 17 - 24, 'x')};
    std::string whole;
    std::vector<std::string_view> views;
    for (const auto& part : parts) {
      for (unsigned shift = 0; shift < 64; shift += 8)
        whole.push_back(static_cast<char>((part.size() >> shift) & 0xFFU));
      whole += part;
      views.emplace_back(part);
    }
    REQUIRE(whole.size() == size);
    XXH128_canonical_t wanted;
    XXH128_canonicalFromHash(&wanted, XXH3_128bits(whole.data(), whole.size()));
    auto bytes = tusker::hash_of(views).bytes;
    REQUIRE(std::equal(bytes.begin(), bytes.end(), std::begin(wanted.digest)));
  }
}

TEST_CASE("the hash of content is pinned because receipts keep it") {
  auto text = std::string();
  for (auto byte : hash({"ab", "c"}).bytes)
    text += std::to_string(byte) + " ";
  CHECK(text == "242 237 162 112 139 207 213 28 192 92 14 228 201 246 4 64 ");
}
