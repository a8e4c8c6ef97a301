#include <tusker/model/codec.hpp>

#include <tusker/model/utf8.hpp>

#include <tusker_test/catch.hpp>

#include <nlohmann/json.hpp>

#include <bit>
#include <cmath>
#include <random>

// The codec against another implementation of JSON, with thousands of generated values in both directions.

namespace {

enum class side { left, right };

struct part {
  std::string name;
  std::optional<double> weight;
  static constexpr auto schema =
      tusker::record("Part", tusker::field("name", &part::name), tusker::field("weight", &part::weight));
  friend auto operator==(const part&, const part&) -> bool = default;
};

} // namespace

template <>
inline constexpr auto tusker::enum_names<side> = tusker::names<side>({{side::left, "left"},
                                                                      {side::right, "right"}});

namespace {

struct everything {
  bool flag = false;
  std::int64_t number = 0;
  std::uint64_t count = 0;
  std::int8_t small = 0;
  double ratio = 0;
  std::string text;
  tusker::timestamp time;
  tusker::uuid id;
  side where = side::left;
  std::optional<std::string> note;
  std::vector<part> parts;
  std::map<std::string, std::vector<std::int32_t>> table;

  static constexpr auto schema = tusker::record(
      "Everything", tusker::field("flag", &everything::flag), tusker::field("number", &everything::number),
      tusker::field("count", &everything::count), tusker::field("small", &everything::small),
      tusker::field("ratio", &everything::ratio), tusker::field("text", &everything::text),
      tusker::field("time", &everything::time), tusker::field("id", &everything::id),
      tusker::field("where", &everything::where), tusker::field("note", &everything::note),
      tusker::field("parts", &everything::parts), tusker::field("table", &everything::table));

  friend auto operator==(const everything&, const everything&) -> bool = default;
};

class generator {
public:
  explicit generator(std::uint64_t seed) : engine_(seed) {}

  auto below(std::uint64_t bound) -> std::uint64_t { return engine_() % bound; }

  /// Any bits, the ends of the range more often than chance would have them.
  auto bits() -> std::uint64_t {
    constexpr std::array<std::uint64_t, 5> ends{0, 1, ~0ULL, 1ULL << 63U, (1ULL << 63U) - 1};
    return below(3) == 0 ? ends[below(ends.size())] : engine_() >> below(64);
  }

  auto number() -> double {
    auto value = below(3) == 0 ? static_cast<double>(static_cast<std::int64_t>(bits()))
                               : std::bit_cast<double>(engine_());
    return std::isfinite(value) ? value : 0.5;
  }

  /// Text of the characters that JSON treats differently.
  auto text() -> std::string {
    constexpr std::array<std::string_view, 10> pieces{
        "a", "\"", "\\", "\n", "\x01", "/", "ä", "€", "\xF0\x9F\x90\x98", "\x7F"};
    std::string value;
    for (auto left = below(8); left > 0; --left)
      value += pieces[below(pieces.size())];
    if (below(10) == 0)
      value.push_back('\0');
    return value;
  }

  auto make_part() -> part { return {text(), below(2) == 0 ? std::nullopt : std::optional(number())}; }

  auto make() -> everything {
    everything value;
    value.flag = below(2) == 0;
    value.number = static_cast<std::int64_t>(bits());
    value.count = bits();
    value.small = static_cast<std::int8_t>(bits());
    value.ratio = number();
    value.text = text();
    auto span = static_cast<std::uint64_t>((tusker::timestamp_max - tusker::timestamp_min).count());
    value.time = tusker::timestamp_min + std::chrono::microseconds(static_cast<std::int64_t>(below(span)));
    for (auto& byte : value.id.bytes)
      byte = static_cast<std::uint8_t>(bits());
    value.where = below(2) == 0 ? side::left : side::right;
    if (below(2) == 0)
      value.note = text();
    for (auto left = below(4); left > 0; --left)
      value.parts.push_back(make_part());
    for (auto left = below(4); left > 0; --left)
      value.table[text()].push_back(static_cast<std::int32_t>(bits()));
    return value;
  }

  /// Any JSON, not deeper than `depth`.
  auto make_json(int depth) -> nlohmann::json {
    switch (below(depth > 0 ? 8 : 6)) {
    case 0:
      return nullptr;
    case 1:
      return below(2) == 0;
    case 2:
      return static_cast<std::int64_t>(bits());
    case 3:
      return bits();
    case 4:
      return number();
    case 5:
      return text();
    case 6:
      return make_array(depth);
    default:
      return make_object(depth);
    }
  }

private:
  auto make_array(int depth) -> nlohmann::json {
    auto array = nlohmann::json::array();
    for (auto left = below(5); left > 0; --left)
      array.push_back(make_json(depth - 1));
    return array;
  }

  auto make_object(int depth) -> nlohmann::json {
    auto object = nlohmann::json::object();
    for (auto left = below(5); left > 0; --left)
      object[text()] = make_json(depth - 1);
    return object;
  }

  std::mt19937_64 engine_;
};

/// Whether a document's value is the one that the other implementation holds.
auto is_same(const tusker::json_value& found, const nlohmann::json& wanted) -> bool {
  if (wanted.is_object() || wanted.is_array()) {
    auto children = found.children();
    if (found.is_object() != wanted.is_object() || found.is_array() != wanted.is_array() ||
        children.size() != wanted.size())
      return false;
    auto child = children.begin();
    for (const auto& [key, value] : wanted.items()) {
      if ((wanted.is_object() && child->key() != key) || !is_same(*child, value))
        return false;
      ++child;
    }
    return true;
  }
  if (wanted.is_string())
    return found.text() != nullptr && *found.text() == wanted.get<std::string>();
  if (wanted.is_boolean())
    return found.boolean() == wanted.get<bool>();
  if (wanted.is_number_unsigned())
    return found.unsigned_integer() == wanted.get<std::uint64_t>();
  if (wanted.is_number_integer())
    return found.integer() == wanted.get<std::int64_t>();
  if (wanted.is_number())
    return found.number() == wanted.get<double>();
  return found.is_null();
}

} // namespace

TEST_CASE("every generated value is read back as it was written") {
  generator any(1);
  for (auto round = 0; round < 3000; ++round) {
    auto value = any.make();
    auto json = tusker::encode(value);
    REQUIRE(json);
    auto back = tusker::decode<everything>(*json);
    INFO(*json);
    REQUIRE(back);
    REQUIRE(*back == value);
  }
}

TEST_CASE("another implementation of JSON reads what the codec wrote and writes what the codec reads") {
  generator any(2);
  for (auto round = 0; round < 3000; ++round) {
    auto value = any.make();
    auto tree = nlohmann::json::parse(tusker::encode(value).value());
    REQUIRE(tree.at("text").get<std::string>() == value.text);
    REQUIRE(tree.at("number").get<std::int64_t>() == value.number);
    REQUIRE(tree.at("count").get<std::uint64_t>() == value.count);
    REQUIRE(tree.at("ratio").get<double>() == value.ratio);
    REQUIRE(tree.at("parts").size() == value.parts.size());
    REQUIRE(tree.contains("note") == value.note.has_value());
    // Escaped and indented otherwise, it still means the same.
    REQUIRE(tusker::decode<everything>(tree.dump(2, ' ', true)) == value);
  }
}

TEST_CASE("a document holds what another implementation of JSON wrote") {
  generator any(3);
  for (auto round = 0; round < 5000; ++round) {
    auto wanted = any.make_json(4);
    auto text = wanted.dump(static_cast<int>(any.below(3)) - 1, ' ', any.below(2) == 0);
    auto document = tusker::json_document::parse(text);
    INFO(text);
    REQUIRE(document);
    REQUIRE(is_same(document->root(), wanted));
  }
}

TEST_CASE("text with a few bytes changed is refused or read but never crashes the codec") {
  generator any(4);
  auto refused = 0;
  for (auto round = 0; round < 5000; ++round) {
    auto json = tusker::encode(any.make()).value();
    for (auto left = 1 + any.below(3); left > 0; --left)
      json[any.below(json.size())] = static_cast<char>(any.bits());
    auto document = tusker::json_document::parse(json);
    // Both implementations agree about what is JSON at all, but for zero bytes, which the other one takes for the end.
    if (json.find('\0') == std::string::npos)
      REQUIRE(document.has_value() == nlohmann::json::accept(json));
    auto value = tusker::decode<everything>(json);
    refused += value ? 0 : 1;
    if (value)
      REQUIRE(tusker::decode<everything>(tusker::encode(*value).value()) == *value);
    else
      REQUIRE(tusker::is_utf8(value.error().message()));
  }
  CHECK(refused > 1000);
}
