#include <tusker/model/uuid.hpp>

#include <tusker/model/model_errc.hpp>

#include <tusker_test/catch.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <unordered_set>

using namespace std::chrono_literals;

namespace {

auto filled(std::uint8_t byte) -> std::array<std::uint8_t, 16> {
  std::array<std::uint8_t, 16> bytes{};
  bytes.fill(byte);
  return bytes;
}

auto derived(tusker::timestamp time, std::string_view left, std::string_view right) -> tusker::uuid {
  return tusker::derive_uuid(time, std::array{left, right});
}

} // namespace

TEST_CASE("a UUIDv7 keeps its time and its random bits around version and variant") {
  // The example of RFC 9562, appendix A.6: 2022-02-22T19:22:22Z.
  auto time = tusker::timestamp(1645557742000ms);
  CHECK(to_string(tusker::make_uuid_v7(time, filled(0xFF))) == "017f22e2-79b0-7fff-bfff-ffffffffffff");
  CHECK(to_string(tusker::make_uuid_v7(time, filled(0x00))) == "017f22e2-79b0-7000-8000-000000000000");
}

TEST_CASE("the time of a UUIDv7 comes back in milliseconds") {
  auto time = tusker::timestamp(1645557742123456us);
  CHECK(tusker::time_of(tusker::make_uuid_v7(time, filled(1))) == tusker::timestamp(1645557742123ms));
}

TEST_CASE("a time before 1970 counts as 1970 in a UUIDv7") {
  auto id = tusker::make_uuid_v7(tusker::timestamp(-1ms), filled(1));
  CHECK(tusker::time_of(id) == tusker::timestamp{});
}

TEST_CASE("UUIDs stand in the order of their times") {
  auto early = tusker::make_uuid_v7(tusker::timestamp(1000ms), filled(0xFF));
  auto late = tusker::make_uuid_v7(tusker::timestamp(1001ms), filled(0x00));
  CHECK(early < late);
  CHECK(to_string(early) < to_string(late));
}

TEST_CASE("a UUID is read in lower and upper case and written in lower case") {
  const std::string text = "0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9";
  auto upper = text;
  std::transform(text.begin(), text.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  REQUIRE(tusker::parse_uuid(text));
  CHECK(to_string(*tusker::parse_uuid(text)) == text);
  CHECK(tusker::parse_uuid(upper) == tusker::parse_uuid(text));
}

TEST_CASE("a malformed UUID is refused by name") {
  for (const auto* text :
       {"", "0193a5c0", "0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e", "0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9a",
        "0193a5c0_7b2e-7c41-9d2f-5a1be0c4d7e9", "0193a5c07-b2e-7c41-9d2f-5a1be0c4d7e9",
        "0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7eg", "-193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9",
        "+193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9", "0x93a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9",
        " 193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9", "{193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e}"}) {
    INFO(text);
    auto id = tusker::parse_uuid(text);
    REQUIRE_FALSE(id);
    CHECK(id.error().code() == tusker::model_errc::malformed_id);
    CHECK(id.error().message().find("'" + std::string(text) + "'") == 0);
  }
}

TEST_CASE("a derived UUID is the same for the same time and parts only") {
  auto time = tusker::timestamp(5000ms);
  CHECK(derived(time, "a", "b") == derived(time, "a", "b"));
  CHECK(derived(time, "a", "b") != derived(time, "b", "a"));
  CHECK(derived(time, "ab", "c") != derived(time, "a", "bc"));
  CHECK(derived(time, "a", "b") != derived(time + 1ms, "a", "b"));
  CHECK(tusker::time_of(derived(time, "a", "b")) == time);
}

TEST_CASE("the nil UUID is the one of zeros") {
  CHECK(tusker::uuid{}.is_nil());
  CHECK(tusker::parse_uuid("00000000-0000-0000-0000-000000000000")->is_nil());
  CHECK_FALSE(derived({}, "a", "b").is_nil());
}

TEST_CASE("UUIDs can be keys of a hash table") {
  std::unordered_set<tusker::uuid> ids{derived({}, "a", ""), derived({}, "b", ""), derived({}, "a", "")};
  CHECK(ids.size() == 2);
}
