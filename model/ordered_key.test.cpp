#include <tusker/model/ordered_key.hpp>

#include <tusker_test/catch.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <random>
#include <tuple>
#include <vector>

namespace tusker {

namespace {

/// Draws values from a few that are near each other or at the ends, so that equal parts and prefixes are frequent.
class generator {
public:
  explicit generator(std::uint32_t seed) : random_(seed) {}

  auto below(std::size_t bound) -> std::size_t { return random_() % bound; }

  auto text() -> std::string {
    constexpr std::array<char, 5> letters{'\0', '\x01', 'a', '\xFE', '\xFF'};
    std::string value(below(5), ' ');
    for (auto& letter : value)
      letter = letters[below(letters.size())];
    return value;
  }
  auto integer() -> std::int64_t {
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    constexpr std::array<std::int64_t, 9> values{least, least + 1, -256, -1, 0, 1, 255, most - 1, most};
    return below(4) == 0 ? static_cast<std::int64_t>(random_()) : values[below(values.size())];
  }
  auto natural() -> std::uint64_t { return static_cast<std::uint64_t>(integer()); }
  auto time() -> timestamp { return timestamp(std::chrono::microseconds(integer())); }
  auto flag() -> bool { return below(2) == 0; }
  auto id() -> uuid {
    uuid value;
    value.bytes[below(2)] = static_cast<std::uint8_t>(below(2) * 255);
    value.bytes[15] = static_cast<std::uint8_t>(below(3));
    return value;
  }

private:
  std::mt19937_64 random_;
};

/// All kinds of parts in one key, the text in the middle.
using parts = std::tuple<bool, std::string, std::int64_t, std::string, std::uint64_t, timestamp, uuid>;

auto draw(generator& values) -> parts {
  // Parts are often equal, so that later ones decide.
  return {values.flag(),
          values.below(2) == 0 ? "a" : values.text(),
          values.below(2) == 0 ? 7 : values.integer(),
          values.text(),
          values.natural(),
          values.time(),
          values.id()};
}

auto encode(const parts& of, key_order order) -> std::string {
  const auto& [flag, first, integer, second, natural, time, id] = of;
  ordered_key key;
  key.flag(flag, order).text(first, order).integer(integer, order).text(second, order);
  key.natural(natural, order).time(time, order).id(id, order);
  return std::move(key).take();
}

auto decode(std::string_view key, key_order order) -> parts {
  ordered_key_reader in(key);
  parts of;
  auto& [flag, first, integer, second, natural, time, id] = of;
  flag = in.flag(order);
  first = in.text(order);
  integer = in.integer(order);
  second = in.text(order);
  natural = in.natural(order);
  time = in.time(order);
  id = in.id(order);
  REQUIRE(in.is_finished());
  return of;
}

auto sign(auto comparison) -> int {
  return comparison < 0 ? -1 : comparison > 0 ? 1 : 0;
}

} // namespace

TEST_CASE("the order of keys is the order of their parts, or its reverse where they are descending") {
  generator values(1);
  auto order = GENERATE(key_order::ascending, key_order::descending);
  for (auto round = 0; round < 20'000; ++round) {
    auto left = draw(values);
    auto right = values.below(4) == 0 ? left : draw(values);
    auto wanted = sign(left <=> right) * (order == key_order::ascending ? 1 : -1);
    REQUIRE(sign(encode(left, order).compare(encode(right, order))) == wanted);
  }
}

TEST_CASE("each kind of part keeps its order") {
  generator values(2);
  auto order = GENERATE(key_order::ascending, key_order::descending);
  auto direction = order == key_order::ascending ? 1 : -1;
  auto check = [&](auto one, auto other, auto encode) {
    ordered_key left;
    ordered_key right;
    encode(left, one);
    encode(right, other);
    REQUIRE(sign(left.view().compare(right.view())) == direction * sign(one <=> other));
  };
  for (auto round = 0; round < 5'000; ++round) {
    check(values.text(), values.text(),
          [&](ordered_key& key, const std::string& value) { key.text(value, order); });
    check(values.integer(), values.integer(),
          [&](ordered_key& key, std::int64_t value) { key.integer(value, order); });
    check(values.natural(), values.natural(),
          [&](ordered_key& key, std::uint64_t value) { key.natural(value, order); });
    check(values.time(), values.time(), [&](ordered_key& key, timestamp value) { key.time(value, order); });
    check(values.flag(), values.flag(), [&](ordered_key& key, bool value) { key.flag(value, order); });
    check(values.id(), values.id(), [&](ordered_key& key, const uuid& value) { key.id(value, order); });
  }
}

TEST_CASE("no key is the beginning of another") {
  generator values(3);
  auto order = GENERATE(key_order::ascending, key_order::descending);
  for (auto round = 0; round < 20'000; ++round) {
    ordered_key left;
    ordered_key right;
    left.text(values.text(), order).text(values.text(), order);
    right.text(values.text(), order).text(values.text(), order);
    REQUIRE((left.view() == right.view() || !left.view().starts_with(right.view())));
  }
}

TEST_CASE("a key is read back part by part") {
  generator values(4);
  auto order = GENERATE(key_order::ascending, key_order::descending);
  for (auto round = 0; round < 5'000; ++round) {
    auto of = draw(values);
    REQUIRE(decode(encode(of, order), order) == of);
  }
}

TEST_CASE("the prefix of a text is that of the keys of the texts that begin with it, and of no others") {
  generator values(5);
  for (auto round = 0; round < 20'000; ++round) {
    auto text = values.text();
    auto prefix = values.text();
    ordered_key key;
    ordered_key beginning;
    key.text(text);
    beginning.text_prefix(prefix);
    REQUIRE(key.view().starts_with(beginning.view()) == text.starts_with(prefix));
    REQUIRE(key.view().size() == ordered_text_bytes(text));
  }
}

TEST_CASE("bytes that no key has are not taken for one") {
  auto is_refused = [](std::string_view key, auto read) {
    ordered_key_reader in(key);
    read(in);
    return !in.is_intact() && in.rest().empty();
  };
  auto text = [](ordered_key_reader& in) { CHECK(in.text().empty()); };
  CHECK(is_refused("", text));
  CHECK(is_refused("ab", text));
  CHECK(is_refused(std::string_view("ab\0", 3), text));
  CHECK(is_refused(std::string_view("ab\0\x02", 4), text));
  CHECK(is_refused("1234567", [](ordered_key_reader& in) { CHECK(in.integer() == 0); }));
  CHECK(is_refused("1234567", [](ordered_key_reader& in) { CHECK(in.time() == timestamp()); }));
  CHECK(is_refused("\x02", [](ordered_key_reader& in) { CHECK_FALSE(in.flag()); }));
  CHECK(is_refused("", [](ordered_key_reader& in) { CHECK_FALSE(in.flag()); }));
  CHECK(is_refused("123456789012345", [](ordered_key_reader& in) { CHECK(in.id().is_nil()); }));
  ordered_key key;
  key.flag(true).flag(false);
  ordered_key_reader half(key.view());
  CHECK(half.flag());
  CHECK(half.is_intact());
  CHECK_FALSE(half.is_finished());
}

} // namespace tusker
