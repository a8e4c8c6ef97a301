#include <order/requests/idempotency_key.hpp>
#include <order/requests/order_bodies.hpp>
#include <order/requests/version_match.hpp>

#include <tusker/http/http_errc.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker_test/catch.hpp>

#include <string>

using namespace order_demo; // NOLINT(google-build-using-namespace)

namespace {

constexpr auto good_body =
    R"({"customer_id":"c-1","ordered_on":"2024-05-01","ship_name":"Ada","ship_country":"DE",)"
    R"("items":[{"sku":"tea","quantity":2,"unit_price_cents":350,"discount_percent":0}]})";

auto key_of(const std::string& header) -> idempotency_key {
  return idempotency_key::parse(header).value();
}

} // namespace

TEST_CASE("the same key is the same command and the same order for ever") {
  CHECK(to_string(key_of("k-1").command_id("place")) == "6f07114d-c458-81bf-9bf3-c5e431afca52");
  CHECK(key_of("k-1").command_id("place") == key_of("\"k-1\"").command_id("place"));
  CHECK(key_of("k-1").command_id("place") != key_of("k-2").command_id("place"));
  CHECK(key_of("k-1").command_id("place") != key_of("k-1").command_id("cancel"));
  CHECK(key_of("k-1").order_id() == key_of("k-1").order_id());
  CHECK(key_of("k-1").order_id() != key_of("k-2").order_id());
}

TEST_CASE("a key that is a UUIDv7 is the command id itself, any other UUID is a text") {
  constexpr auto timed = "0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9";
  constexpr auto random = "0193a5c0-7b2e-4c41-9d2f-5a1be0c4d7e9";
  CHECK(to_string(key_of(timed).command_id("place")) == timed);
  CHECK(to_string(key_of(random).command_id("place")) != random);
}

TEST_CASE("a UUIDv7 in capitals is the same key, any other text is another one") {
  constexpr auto small = "ffffffff-fffe-7c41-9d2f-5a1be0c4d7e9";
  constexpr auto large = "FFFFFFFF-FFFE-7C41-9D2F-5A1BE0C4D7E9";
  CHECK(key_of(large).text() == small);
  CHECK(key_of(large).command_id("place") == key_of(small).command_id("place"));
  CHECK(key_of(large).order_id() == key_of(small).order_id());
  CHECK(key_of("K-1").order_id() != key_of("k-1").order_id());
}

TEST_CASE("what is no key is refused") {
  auto header = GENERATE(as<std::string>(), "", "\"\"", "a b", "a\tb", "\xC3\xB6", std::string(129, 'x'));
  auto key = idempotency_key::parse(header);
  REQUIRE_FALSE(key);
  CHECK(key.error().code() == tusker::http_errc::bad_request);
}

TEST_CASE("an order that says something twice is refused, with what it is") {
  auto body = std::string(good_body);
  body.insert(body.find("\"quantity\""), "\"quantity\":1,");
  auto refused = parse_order(body, std::nullopt, "o-1");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == tusker::http_errc::bad_request);
  CHECK(refused.error().message().find("'quantity' twice") != std::string::npos);
  CHECK_FALSE(parse_cancellation(R"({"reason":"a","reason":"b"})"));
}

TEST_CASE("an order with a member that orders do not have is refused, with the nearest one") {
  auto body = std::string(good_body);
  body.insert(1, R"("total_cent":1,)");
  auto refused = parse_order(body, std::nullopt, "o-1");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message().find("'total_cent'; did you mean 'total_cents'?") != std::string::npos);
  CHECK_FALSE(parse_cancellation(R"({"expectedversion":3})"));
}

TEST_CASE("an id that no path keeps is refused") {
  auto named = [](const std::string& id) {
    return parse_order(R"({"order_id":")" + id + "\"," + std::string(good_body).substr(1), std::nullopt, "");
  };
  CHECK_FALSE(named("."));
  CHECK_FALSE(named(".."));
  CHECK(named("..."));
  CHECK(named(".a"));
}

TEST_CASE("a client may expect a version, or any that is there") {
  CHECK(parse_if_match("\"3\"") == tusker::expected_version(tusker::exact(3)));
  CHECK(parse_if_match("3") == tusker::expected_version(tusker::exact(3)));
  CHECK(parse_if_match("*") == tusker::expected_version(tusker::stream_exists));
  CHECK(to_tag(tusker::exact(3)) == "\"3\"");
  for (const auto* header :
       {"", "\"", "\"\"", "W/\"3\"", R"("3", "4")", "-1", "0", "three", "99999999999999999999"})
    CHECK_FALSE(parse_if_match(header));
}

TEST_CASE("header and body may both say what is expected, if they say the same") {
  CHECK(expectation_of(std::nullopt, std::nullopt) == tusker::expected_version(tusker::any));
  CHECK(expectation_of(std::nullopt, 3) == tusker::expected_version(tusker::exact(3)));
  CHECK(expectation_of("3", 3) == tusker::expected_version(tusker::exact(3)));
  CHECK_FALSE(expectation_of("3", 4));
  CHECK_FALSE(expectation_of("*", 4));
  CHECK_FALSE(expectation_of("x", std::nullopt));
  CHECK_FALSE(expectation_of(std::nullopt, 0));
}

TEST_CASE("an order gets its id from the body, from the key, or a fresh one, and its total from its items") {
  auto fresh = parse_order(good_body, std::nullopt, "o-fresh");
  REQUIRE(fresh);
  CHECK(fresh->order_id == "o-fresh");
  CHECK(fresh->total_cents == 700);
  CHECK(parse_order(good_body, key_of("k"), "o-fresh")->order_id == key_of("k").order_id());
  auto named = R"({"order_id":"o-7",)" + std::string(good_body).substr(1);
  CHECK(parse_order(named, key_of("k"), "o-fresh")->order_id == "o-7");
}

TEST_CASE("a body that is no order is refused with the place") {
  auto broken = [](const std::string& from, const std::string& to) {
    auto body = std::string(good_body);
    return body.replace(body.find(from), from.size(), to);
  };
  auto [body, place] = GENERATE_COPY(table<std::string, std::string>({
      {"", "Order"},
      {"{", "Order"},
      {"[]", "Order"},
      {broken("\"quantity\":2", "\"quantity\":\"two\""), "quantity"},
      {broken("\"ship_name\":\"Ada\",", ""), "ship_name"},
      {broken("\"quantity\":2", "\"quantity\":0"), "items[0]: quantity"},
      {broken("2024-05-01", "someday"), "ordered_on"},
      {broken("\"tea\"", "\"\""), "sku"},
  }));
  INFO(body);
  auto parsed = parse_order(body, std::nullopt, "o");
  REQUIRE_FALSE(parsed);
  INFO(parsed.error().message());
  CHECK(parsed.error().message().find(place) != std::string::npos);
}

TEST_CASE("a cancellation may be without a body") {
  CHECK(parse_cancellation("")->reason == std::nullopt);
  CHECK(parse_cancellation(R"({"reason":"late","expected_version":2})")->expected_version == 2);
  CHECK_FALSE(parse_cancellation("{"));
  CHECK_FALSE(parse_cancellation(R"({"expected_version":-1})"));
  CHECK_FALSE(parse_cancellation(R"({"reason":")" + std::string(300, 'x') + "\"}"));
}
