#include <tusker/model/content_hash.hpp>

#include <tusker_test/catch.hpp>

#include <initializer_list>
#include <string>
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

TEST_CASE("the hash of content is pinned because receipts keep it") {
  auto text = std::string();
  for (auto byte : hash({"ab", "c"}).bytes)
    text += std::to_string(byte) + " ";
  CHECK(text == "242 237 162 112 139 207 213 28 192 92 14 228 201 246 4 64 ");
}
