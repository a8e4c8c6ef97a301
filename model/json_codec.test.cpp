#include <tusker/model/json_codec.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/model/command_id.hpp>
#include <tusker/model/position.hpp>

#include <tusker_test/catch.hpp>

#include <cmath>
#include <limits>

namespace {

enum class colour { red, green, unnamed };

struct point {
  int x = 0;
  std::optional<int> y;
  static constexpr auto schema =
      tusker::record("point", tusker::field("x", &point::x), tusker::field("y", &point::y));
  friend auto operator==(const point&, const point&) -> bool = default;
};

/// It has no schema, but a codec.
struct temperature {
  int degrees = 0;
};

struct weather {
  std::vector<temperature> at;
  static constexpr auto schema = tusker::record("weather", tusker::field("at", &weather::at));
};

} // namespace

template <>
struct tusker::json_codec<temperature> {
  static void write(json_writer& out, temperature value) { out.integer(value.degrees); }
  static auto read(const json_value& in, temperature& value, decode_context& context) -> bool {
    return json_codec<int>::read(in, value.degrees, context);
  }
};

template <>
inline constexpr auto tusker::enum_names<colour> = tusker::names<colour>({{colour::red, "red"},
                                                                          {colour::green, "green"}});

namespace {

/// The value's JSON, or the error's sentence.
template <class T>
auto write(const T& value) -> std::string {
  tusker::json_writer out;
  tusker::json_codec<T>::write(out, value);
  auto json = std::move(out).finish();
  return json ? *json : json.error().message();
}

/// The value of a JSON text, or the error's sentence. If it is read from plain JSON too, then to the same value.
template <class T>
auto read(std::string_view json) -> tl::expected<T, std::string> {
  auto document = tusker::json_document::parse(json);
  REQUIRE(document);
  tusker::decode_context context("value");
  T value{};
  auto is_read = tusker::json_codec<T>::read(document->root(), value, context);
  T plain{};
  tusker::json_reader in(json);
  tusker::json_codec<T>::read_plain(in, plain);
  if (in.is_finished())
    CHECK((is_read && plain == value));
  if (!is_read)
    return tl::unexpected(context.take_fault().message());
  return value;
}

template <class T>
auto fault(std::string_view json) -> std::string {
  auto value = read<T>(json);
  return value ? "no fault" : value.error();
}

/// Whether a value is written as `json` and read back from it.
template <class T>
auto is_written_as(const T& value, const std::string& json) -> bool {
  auto back = read<T>(json);
  return write(value) == json && back && *back == value;
}

template <class T>
auto is_plain(const T& value) -> bool {
  auto json = write(value);
  T plain{};
  tusker::json_reader in(json);
  tusker::json_codec<T>::read_plain(in, plain);
  return in.is_finished() && plain == value;
}

} // namespace

TEST_CASE("booleans are written as they are") {
  CHECK(is_written_as(true, "true"));
  CHECK(is_written_as(false, "false"));
  CHECK(fault<bool>("1") == "value: expected a boolean, found integer");
  CHECK(fault<bool>("null") == "value: expected a boolean, found null");
}

TEST_CASE("integers of every width are written to the ends of their range") {
  CHECK(is_written_as(std::numeric_limits<std::int8_t>::min(), "-128"));
  CHECK(is_written_as(std::numeric_limits<std::uint8_t>::max(), "255"));
  CHECK(is_written_as(std::numeric_limits<std::int32_t>::max(), "2147483647"));
  CHECK(is_written_as(std::numeric_limits<std::int64_t>::min(), "-9223372036854775808"));
  CHECK(is_written_as(std::numeric_limits<std::uint64_t>::max(), "18446744073709551615"));
}

TEST_CASE("an integer out of its field's range is refused with the number") {
  CHECK(fault<std::int8_t>("128") == "value: the integer 128 is out of range");
  CHECK(fault<std::int8_t>("-129") == "value: the integer -129 is out of range");
  CHECK(fault<std::uint16_t>("65536") == "value: the integer 65536 is out of range");
  CHECK(fault<std::uint64_t>("-1") == "value: the integer -1 is out of range");
  CHECK(fault<std::int64_t>("9223372036854775808") ==
        "value: the integer 9223372036854775808 is out of range");
  CHECK(fault<std::int64_t>("18446744073709551616") == "value: expected an integer, found number");
  CHECK(fault<std::uint64_t>("18446744073709551616") ==
        "value: expected an integer of at least 0, found number");
  CHECK(fault<int>("1.0") == "value: expected an integer, found number");
  CHECK(fault<int>(R"("1")") == "value: expected an integer, found text");
}

TEST_CASE("floating numbers are read back exactly and from integers too") {
  CHECK(is_written_as(0.1, "0.1"));
  CHECK(is_written_as(0.1F, "0.10000000149011612"));
  CHECK(is_written_as(3.0, "3"));
  CHECK(is_written_as(std::numeric_limits<double>::max(), "1.7976931348623157e+308"));
  CHECK(std::signbit(read<double>(write(-0.0)).value()));
  CHECK(write(std::numeric_limits<double>::infinity()) == "the field '': the number is not finite");
  CHECK(fault<float>("1e300") == "value: the number is out of range");
  CHECK(fault<double>("true") == "value: expected a number, found boolean");
}

TEST_CASE("text is written as text") {
  CHECK(is_written_as(std::string("a \"quoted\" ä"), R"("a \"quoted\" ä")"));
  CHECK(fault<std::string>("7") == "value: expected a text, found integer");
}

TEST_CASE("times are written as RFC 3339") {
  auto time = tusker::timestamp(std::chrono::microseconds(1'645'557'742'000'001));
  CHECK(is_written_as(time, R"("2022-02-22T19:22:22.000001Z")"));
  CHECK(is_written_as(tusker::timestamp_max, R"("9999-12-31T23:59:59.999999Z")"));
  CHECK(fault<tusker::timestamp>(R"("noon")").find("value: 'noon' is not a time") == 0);
  CHECK(fault<tusker::timestamp>("5") == "value: expected a time, found integer");
}

TEST_CASE("a time that could not be read back is not written") {
  auto refused = "the field '': the time is outside the years 0000 to 9999";
  CHECK(write(tusker::timestamp_max + std::chrono::microseconds(1)) == refused);
  CHECK(write(tusker::timestamp_min - std::chrono::microseconds(1)) == refused);
  CHECK(write(tusker::timestamp::max()) == refused);
}

TEST_CASE("ids are written as UUIDs") {
  auto id = *tusker::parse_uuid("0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9");
  CHECK(is_written_as(id, R"("0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9")"));
  CHECK(is_written_as(tusker::command_id(id), R"("0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9")"));
  CHECK(fault<tusker::command_id>(R"("me")").find("value: 'me' is not a UUID") == 0);
  CHECK(fault<tusker::uuid>("{}") == "value: expected a UUID, found object");
}

TEST_CASE("named numbers are written as numbers") {
  CHECK(is_written_as(tusker::log_offset(7), "7"));
  CHECK(fault<tusker::log_id>("4294967296") == "value: the integer 4294967296 is out of range");
}

TEST_CASE("enums are written by name") {
  CHECK(is_written_as(colour::green, R"("green")"));
  CHECK(write(colour::unnamed) == "the field '': the enum's value has no name");
  CHECK(fault<colour>(R"("blue")") == "value: 'blue' is not one of its names");
  CHECK(fault<colour>("1") == "value: expected a name, found integer");
  CHECK(tusker::name_of(colour::red) == "red");
  CHECK(tusker::name_of(colour::unnamed).empty());
}

TEST_CASE("an optional without a value is null and left out of objects") {
  CHECK(is_written_as(std::optional<int>(), "null"));
  CHECK(is_written_as(std::optional<int>(3), "3"));
  CHECK(is_written_as(point{1, std::nullopt}, R"({"x":1})"));
  CHECK(is_written_as(point{1, 2}, R"({"x":1,"y":2})"));
  CHECK(read<point>(R"({"x":1,"y":null})") == point{1, std::nullopt});
}

TEST_CASE("arrays hold values of one kind") {
  CHECK(is_written_as(std::vector<int>{}, "[]"));
  CHECK(is_written_as(std::vector<int>{1, 2, 3}, "[1,2,3]"));
  CHECK(is_written_as(std::vector<bool>{true, false}, "[true,false]"));
  CHECK(is_written_as(std::vector<std::optional<int>>{1, std::nullopt}, "[1,null]"));
  CHECK(is_written_as(std::vector<point>{{1, 2}, {3, {}}}, R"([{"x":1,"y":2},{"x":3}])"));
  CHECK(fault<std::vector<int>>("[1,2,true]") == "value[2]: expected an integer, found boolean");
  CHECK(fault<std::vector<int>>("{}") == "value: expected an array, found object");
}

TEST_CASE("maps are objects in the order of their keys") {
  using map = std::map<std::string, int>;
  CHECK(is_written_as(map{}, "{}"));
  CHECK(is_written_as(map{{"b", 2}, {"a", 1}}, R"({"a":1,"b":2})"));
  CHECK(is_written_as(std::map<std::string, point>{{"p \"1\"", {1, 2}}}, R"({"p \"1\"":{"x":1,"y":2}})"));
  CHECK(fault<map>(R"({"a":1,"b":"x"})") == "value.b: expected an integer, found text");
  CHECK(fault<map>("[]") == "value: expected an object, found array");
}

TEST_CASE("of a map's members with the same name the first counts too") {
  CHECK(read<std::map<std::string, int>>(R"({"a":1,"a":2})") == std::map<std::string, int>{{"a", 1}});
}

TEST_CASE("reading replaces what was there") {
  auto document = tusker::json_document::parse("[1]");
  tusker::decode_context context("value");
  std::vector<int> values{7, 8, 9};
  REQUIRE(tusker::json_codec<std::vector<int>>::read(document->root(), values, context));
  CHECK(values == std::vector<int>{1});
  tusker::json_reader in("[2]");
  tusker::json_codec<std::vector<int>>::read_plain(in, values);
  CHECK(values == std::vector<int>{2});
}

TEST_CASE("what is written plainly is read as plain JSON") {
  CHECK(is_plain(true));
  CHECK(is_plain(std::int8_t{-128}));
  CHECK(is_plain(0.1F));
  CHECK(is_plain(std::string("a text")));
  CHECK(is_plain(tusker::timestamp_max));
  CHECK(is_plain(tusker::uuid()));
  CHECK(is_plain(tusker::log_offset(7)));
  CHECK(is_plain(colour::green));
  CHECK(is_plain(std::map<std::string, std::vector<point>>{{"a", {{1, 2}, {3, {}}}}, {"b", {}}}));
  CHECK_FALSE(is_plain(std::string("a \"quoted\" text")));
}

TEST_CASE("a codec of one's own needs not know of plain JSON, and whatever holds its type goes without") {
  CHECK(tusker::is_read_plain<std::vector<point>>());
  CHECK_FALSE(tusker::is_read_plain<temperature>());
  CHECK_FALSE(tusker::is_read_plain<std::optional<std::vector<temperature>>>());
  CHECK_FALSE(tusker::is_read_plain<weather>());
  auto cold = tusker::decode<weather>(R"({"at":[-3]})");
  REQUIRE(cold);
  CHECK(cold->at.at(0).degrees == -3);
}
