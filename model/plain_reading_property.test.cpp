#include <tusker/model/codec.hpp>

#include <tusker_test/catch.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <span>

// What is read from plain JSON against what is read by way of a document, with thousands of generated texts, many of
// them wrong.

namespace {

enum class side { left, right };

} // namespace

template <>
inline constexpr auto tusker::enum_names<side> = tusker::names<side>({{side::left, "left"},
                                                                      {side::right, "right"}});

namespace {

struct part {
  std::string name;
  std::optional<double> weight;
  std::vector<part> parts;

  static constexpr auto schema =
      tusker::record("Part", tusker::field("name", &part::name), tusker::field("weight", &part::weight),
                     tusker::field("parts", &part::parts));
  friend auto operator==(const part&, const part&) -> bool = default;
};

struct sample {
  bool flag = false;
  std::int64_t number = 0;
  std::uint8_t small = 0;
  float ratio = 0;
  std::string text;
  tusker::timestamp time;
  tusker::uuid id;
  side where = side::left;
  std::optional<std::string> note;
  std::vector<part> parts;
  std::map<std::string, std::int32_t> table;

  static constexpr auto schema =
      tusker::record("Sample", tusker::field("flag", &sample::flag), tusker::field("number", &sample::number),
                     tusker::field("small", &sample::small), tusker::field("ratio", &sample::ratio),
                     tusker::field("text", &sample::text), tusker::field("time", &sample::time),
                     tusker::field("id", &sample::id), tusker::field("where", &sample::where),
                     tusker::field("note", &sample::note), tusker::field("parts", &sample::parts),
                     tusker::field("table", &sample::table));
  friend auto operator==(const sample&, const sample&) -> bool = default;
};

using pieces = std::span<const std::string_view>;

/// Writes the JSON of samples, mostly as it should be.
class text_generator {
public:
  explicit text_generator(std::uint64_t seed) : engine_(seed) {}

  auto below(std::uint64_t bound) -> std::uint64_t { return engine_() % bound; }

  auto make() -> std::string {
    std::vector<std::string> members;
    for (auto name : std::array<std::string_view, 11>{"flag", "number", "small", "ratio", "text", "time",
                                                      "id", "where", "note", "parts", "table"})
      if (below(200) != 0)
        members.push_back(member(name));
    if (below(4) == 0)
      members.insert(members.begin() + static_cast<std::ptrdiff_t>(below(members.size() + 1)),
                     member(below(2) == 0 ? "unknown" : "text"));
    if (below(4) == 0)
      std::shuffle(members.begin(), members.end(), engine_);
    auto text = joined('{', members, '}');
    return below(4) == 0 ? changed(text) : text;
  }

private:
  auto one_of(pieces usual, pieces odd) -> std::string {
    return std::string(below(40) != 0 ? usual[below(usual.size())] : odd[below(odd.size())]);
  }

  auto space() -> std::string {
    constexpr std::array<std::string_view, 4> spaces{" ", "\n", "\t\r", "  "};
    return below(20) == 0 ? std::string(spaces[below(spaces.size())]) : "";
  }

  auto number() -> std::string {
    constexpr std::array<std::string_view, 4> usual{"0", "7", "255", "12"};
    constexpr std::array<std::string_view, 19> odd{"-0",
                                                   "-1",
                                                   "256",
                                                   "01",
                                                   "1.5",
                                                   "-0.0",
                                                   "1e2",
                                                   "1e99",
                                                   "1e100",
                                                   "0e999",
                                                   "1e999",
                                                   "1.",
                                                   ".5",
                                                   "-",
                                                   "9223372036854775807",
                                                   "18446744073709551615",
                                                   "18446744073709551616",
                                                   "0.1234567890123456789012345",
                                                   "4e38"};
    return one_of(usual, odd);
  }

  auto text() -> std::string {
    constexpr std::array<std::string_view, 5> usual{R"("")", R"("a")", R"("o-00000001")",
                                                    R"("a longer text, 30")", "\"\xC3\xA4\xF0\x9F\x90\x98\""};
    constexpr std::array<std::string_view, 10> odd{R"("\n")", R"("\u00e4")", R"("\ud800")", "\"\xC3\"",
                                                   "\"\n\"",  "\"\x7F\"",    R"("\x")",     "\"a",
                                                   "null",    "{}"};
    return one_of(usual, odd);
  }

  auto any_value() -> std::string { return below(3) == 0 ? array() : below(2) == 0 ? text() : number(); }

  auto array() -> std::string {
    std::vector<std::string> elements;
    for (auto left = below(3); left > 0; --left)
      elements.push_back(any_value());
    return joined('[', elements, ']');
  }

  auto table() -> std::string {
    std::vector<std::string> members;
    for (auto left = below(4); left > 0; --left)
      members.push_back(text() + ":" + number());
    return joined('{', members, '}');
  }

  auto parts() -> std::string {
    std::vector<std::string> made;
    for (auto left = below(3); left > 0; --left) {
      std::vector<std::string> members{R"("name":)" + text()};
      if (below(2) == 0)
        members.push_back(R"("weight":)" + (below(3) == 0 ? std::string("null") : number()));
      members.push_back(R"("parts":)" + (below(2) == 0 ? std::string("[]") : parts()));
      made.push_back(joined('{', members, '}'));
    }
    return joined('[', made, ']');
  }

  auto value_of(std::string_view name) -> std::string {
    constexpr std::array<std::string_view, 2> flags{"true", "false"};
    constexpr std::array<std::string_view, 3> other_words{"nul", "1", "\"true\""};
    constexpr std::array<std::string_view, 2> times{R"("2026-11-23T09:30:00.5Z")", R"("1996-07-04")"};
    constexpr std::array<std::string_view, 2> other_times{R"("noon")", "5"};
    constexpr std::array<std::string_view, 1> ids{R"("0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9")"};
    constexpr std::array<std::string_view, 2> other_ids{R"("me")", "[]"};
    constexpr std::array<std::string_view, 2> sides{R"("left")", R"("right")"};
    constexpr std::array<std::string_view, 2> other_sides{R"("up")", R"("\u006ceft")"};
    if (name == "flag")
      return one_of(flags, other_words);
    if (name == "time")
      return one_of(times, other_times);
    if (name == "id")
      return one_of(ids, other_ids);
    if (name == "where")
      return one_of(sides, other_sides);
    if (name == "parts")
      return parts();
    if (name == "table")
      return table();
    if (name == "unknown")
      return any_value();
    return name == "text" || name == "note" ? text() : number();
  }

  auto member(std::string_view name) -> std::string {
    return '"' + std::string(name) + '"' + space() + ":" + space() + value_of(name);
  }

  auto joined(char open, const std::vector<std::string>& items, char close) -> std::string {
    std::string text(1, open);
    for (const auto& item : items)
      text.append(&item == items.data() ? "" : ",").append(space()).append(item).append(space());
    return text + close;
  }

  auto changed(std::string text) -> std::string {
    auto at = below(text.size());
    switch (below(5)) {
    case 0:
      text[at] = static_cast<char>(engine_());
      return text;
    case 1:
      return text.erase(at, 1);
    case 2:
      return text.insert(at, 1, "\"\\{}[],:0-e. \xC3"[below(14)]);
    case 3:
      return text.substr(0, at);
    default:
      return (below(2) == 0 ? "\xEF\xBB\xBF" : "") + text + (below(2) == 0 ? "\n" : "}");
    }
  }

  std::mt19937_64 engine_;
};

auto by_document(std::string_view json) -> tusker::result<sample> {
  sample value;
  return tusker::decode_document_into(json, value).map([&] { return value; });
}

auto is_same(const tusker::result<sample>& left, const tusker::result<sample>& right) -> bool {
  if (!left || !right)
    return !left && !right && left.error().code() == right.error().code() &&
           left.error().message() == right.error().message();
  // Also a negative zero is another number than zero.
  return *left == *right && tusker::encode(*left) == tusker::encode(*right);
}

/// How many texts of so many `decode` reads otherwise than a document.
template <class Decode>
auto differences(const Decode& decode) -> int {
  text_generator any(1);
  auto found = 0;
  for (auto round = 0; round < 20'000; ++round) {
    auto json = any.make();
    if (!is_same(decode(json), by_document(json))) {
      UNSCOPED_INFO(json);
      ++found;
    }
  }
  return found;
}

/// What is read from plain JSON without a look at what stands behind it.
auto without_the_end(std::string_view json) -> tusker::result<sample> {
  tusker::json_reader in(json);
  sample value;
  tusker::json_codec<sample>::read_plain(in, value);
  return in.is_refused() ? by_document(json) : value;
}

} // namespace

TEST_CASE("plain reading and a document come to the same value or the same error") {
  CHECK(differences([](std::string_view json) { return tusker::decode<sample>(json); }) == 0);
}

TEST_CASE("a reader that takes no notice of what stands behind the value is found out") {
  CHECK(differences(without_the_end) > 10);
}

TEST_CASE("most texts of events are plain, and many others are not") {
  text_generator any(2);
  auto plain = 0;
  constexpr auto rounds = 10'000;
  for (auto round = 0; round < rounds; ++round) {
    auto json = any.make();
    sample value;
    tusker::json_reader in(json);
    tusker::json_codec<sample>::read_plain(in, value);
    plain += in.is_finished() ? 1 : 0;
  }
  CHECK(plain > rounds / 4);
  CHECK(plain < rounds * 9 / 10);
}
