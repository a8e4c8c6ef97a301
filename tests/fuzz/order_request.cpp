#include "fuzz_target.hpp"

#include <order/domain/order_validation.hpp>
#include <order/requests/idempotency_key.hpp>
#include <order/requests/order_bodies.hpp>
#include <order/requests/version_match.hpp>

#include <tusker/model/codec.hpp>

// What a client of the shop sends: bodies, keys, and what it expects. The first byte says which it is.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  return {
      R"(0{"customer_id":"c","ordered_on":"2024-05-01","ship_name":"A","ship_country":"DE",
"items":[{"sku":"t","quantity":2,"unit_price_cents":350,"discount_percent":10}],"total_cents":630})",
      R"(1{"reason":"late","expected_version":3})",
      R"(1{"reason":"late","reason":"soon"})",
      R"(2"3")",
      "2*",
      "30193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9",
      "3\"key\"",
  };
}

namespace {

using namespace order_demo;

void check_order(std::string_view body) {
  auto wish = parse_order(body, std::nullopt, "o-1");
  if (!wish)
    return;
  require(fault_of(*wish).empty(), "an order is taken that the domain refuses");
  auto json = encode(*wish);
  require(json && parse_order(*json, std::nullopt, "o-2") == wish,
          "an order that is written again is another one");
}

void check_expectation(std::string_view header) {
  auto expected = parse_if_match(header);
  if (!expected)
    return;
  if (const auto* version = std::get_if<stream_version>(&*expected))
    require(parse_if_match(to_tag(*version)) == expected, "a tag that is written again is another one");
}

void check_key(std::string_view header) {
  auto key = idempotency_key::parse(header);
  if (!key)
    return;
  require(key->text().size() <= idempotency_key_bytes_max, "a key is longer than it may be");
  auto again = idempotency_key::parse("\"" + key->text() + "\"");
  require(again && again->command_id("place") == key->command_id("place"), "a key in quotes is another one");
  require(!key->command_id("place").is_nil(), "a key is no command");
}

} // namespace

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker::fuzz;
  if (size == 0)
    return 0;
  auto rest = text_of(data, size).substr(1);
  switch (*data % 4U) {
  case 0:
    check_order(rest);
    break;
  case 1:
    (void)order_demo::parse_cancellation(rest);
    break;
  case 2:
    check_expectation(rest);
    break;
  default:
    check_key(rest);
    break;
  }
  return 0;
}
