#include <tusker/model/key_range.hpp>

#include <tusker_test/catch.hpp>

#include <random>

namespace tusker {

TEST_CASE("a range of a prefix has the keys that begin with it, and that of a key has the key alone") {
  std::mt19937 random(1); // NOLINT: the same keys in every run
  auto draw = [&random] {
    std::string key(random() % 4, '\0');
    for (auto& byte : key)
      byte = "\x00\x01\xFE\xFF"[random() % 4];
    return key;
  };
  for (auto round = 0; round < 20'000; ++round) {
    auto key = draw();
    auto other = draw();
    REQUIRE(key_range::of_prefix(other).contains(key) == key.starts_with(other));
    REQUIRE(key_range::of_key(other).contains(key) == (key == other));
    REQUIRE(key_range().contains(key));
  }
  CHECK(key_range().is_everything());
  CHECK(key_range::of_prefix("").is_everything());
  CHECK_FALSE(key_range::of_key("").is_everything());
}

} // namespace tusker
