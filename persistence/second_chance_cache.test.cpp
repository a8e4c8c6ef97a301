#include <tusker/persistence/second_chance_cache.hpp>

#include <tusker_test/catch.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <unordered_map>

namespace tusker {

namespace {

/// All keys search from one place, so that each search, each removal and each wrap around the end is a long one.
struct crowded_key {
  int number = 0;

  auto operator==(const crowded_key&) const -> bool = default;
};

} // namespace

} // namespace tusker

template <>
struct std::hash<tusker::crowded_key> {
  auto operator()(const tusker::crowded_key& key) const noexcept -> std::size_t {
    return static_cast<std::size_t>(key.number % 3) + 61;
  }
};

namespace tusker {

namespace {

auto key_of(std::mt19937& lots, int keys, const std::string&) -> std::string {
  return "order-" + std::to_string(lots() % static_cast<unsigned>(keys));
}

auto key_of(std::mt19937& lots, int keys, const crowded_key&) -> crowded_key {
  return {static_cast<int>(lots() % static_cast<unsigned>(keys))};
}

/// Whatever was put last under a key is what is found there, or nothing is.
template <class Key>
void check_against_model(std::size_t entries_max, int keys) {
  second_chance_cache<Key, int> cache(entries_max);
  std::unordered_map<Key, int> put;
  std::mt19937 lots(7); // NOLINT: the same at each run
  auto found = 0;
  for (int turn = 0; turn < 20'000; ++turn) {
    auto key = key_of(lots, keys, Key());
    if (lots() % 2 == 0) {
      put[key] = turn;
      REQUIRE(cache.put(key, turn) == turn);
      REQUIRE(cache.find(key) != nullptr);
    } else if (const auto* value = cache.find(key)) {
      ++found;
      REQUIRE(*value == put.at(key));
    } else {
      REQUIRE((put.size() > entries_max || !put.contains(key)));
    }
    REQUIRE(cache.size() <= entries_max);
  }
  CHECK(found > 100);
}

} // namespace

TEST_CASE("a value that was not used makes room for a new one") {
  second_chance_cache<std::string, int> cache(2);
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
  second_chance_cache<std::string, int> cache(2);
  cache.put("a", 1);
  cache.put("b", 2);
  CHECK(cache.put("a", 5) == 5);
  cache.put("c", 3);
  CHECK(*cache.find("a") == 5);
  CHECK(cache.find("b") == nullptr);
}

TEST_CASE("a value changed in place stays changed, where there is room for one") {
  second_chance_cache<std::string, int> cache(1);
  CHECK(cache.find("a") == nullptr);
  cache.put("a", 1) = 7;
  *cache.find("a") += 1;
  CHECK(*cache.find("a") == 8);
  cache.put("b", 2);
  CHECK(cache.find("a") == nullptr);
  CHECK(*cache.find("b") == 2);
}

TEST_CASE("where all values were used, the one that the hand comes to first makes room") {
  second_chance_cache<std::string, int> cache(3);
  for (const auto* key : {"a", "b", "c"})
    cache.put(key, 0);
  for (const auto* key : {"a", "b", "c"})
    REQUIRE(cache.find(key) != nullptr);
  cache.put("d", 0);
  CHECK(cache.find("a") == nullptr);
  // Their uses were forgotten on the way.
  cache.put("e", 0);
  CHECK(cache.find("b") == nullptr);
  CHECK(cache.find("c") != nullptr);
}

TEST_CASE("whatever comes and goes, what is found is what was put last") {
  check_against_model<std::string>(1, 5);
  check_against_model<std::string>(64, 50);
  check_against_model<std::string>(64, 400);
  check_against_model<std::string>(1'000, 1'500);
}

TEST_CASE("keys that search from the same place do not lose one another") {
  check_against_model<crowded_key>(1, 5);
  check_against_model<crowded_key>(17, 12);
  check_against_model<crowded_key>(17, 60);
}

} // namespace tusker
