#include <tusker/persistence/lru_cache.hpp>

#include <tusker_test/catch.hpp>

#include <string>

namespace tusker {

TEST_CASE("the value that was idle longest makes room") {
  lru_cache<std::string, int> cache(2);
  cache.put("a", 1);
  cache.put("b", 2);
  REQUIRE(cache.find("a") != nullptr);
  cache.put("c", 3);
  CHECK(cache.size() == 2);
  CHECK(cache.find("b") == nullptr);
  CHECK(*cache.find("a") == 1);
  CHECK(*cache.find("c") == 3);
}

TEST_CASE("a value that is put again is changed, and counts as used") {
  lru_cache<std::string, int> cache(2);
  cache.put("a", 1);
  cache.put("b", 2);
  CHECK(cache.put("a", 5) == 5);
  cache.put("c", 3);
  CHECK(*cache.find("a") == 5);
  CHECK(cache.find("b") == nullptr);
}

TEST_CASE("a value changed in place stays changed") {
  lru_cache<std::string, int> cache(1);
  cache.put("a", 1) = 7;
  *cache.find("a") += 1;
  CHECK(*cache.find("a") == 8);
}

TEST_CASE("what is erased is gone, and erasing nothing is nothing") {
  lru_cache<std::string, int> cache(1);
  cache.put("a", 1);
  cache.erase("b");
  cache.erase("a");
  CHECK(cache.size() == 0); // NOLINT: it has no empty()
  CHECK(cache.find("a") == nullptr);
  cache.put("b", 2);
  CHECK(*cache.find("b") == 2);
}

} // namespace tusker
