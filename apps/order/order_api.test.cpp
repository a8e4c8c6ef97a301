#include <order/order_api.hpp>

#include <order/domain/order.hpp>
#include <order/requests/idempotency_key.hpp>
#include <order/requests/order_bodies.hpp>

#include <tusker/persistence/memory_journal.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace order_demo; // NOLINT(google-build-using-namespace)

namespace {

/// A shop without a server around it.
struct shop {
  shop() : node(tusker::runtime::open({}, std::move(*tusker::open_memory_journal())).value()) {
    node.add<order>();
    REQUIRE(node.start());
    routes = order_routes(node);
  }
  ~shop() { CHECK(node.shutdown()); }
  shop(const shop&) = delete;
  auto operator=(const shop&) -> shop& = delete;

  [[nodiscard]] auto post(const std::string& key, std::vector<std::string> path, std::string body) const
      -> tusker::http_response {
    return routes.answer({.method = "POST",
                          .path = std::move(path),
                          .params = {},
                          .headers = {{"idempotency-key", key}},
                          .body = std::move(body)});
  }
  [[nodiscard]] auto place(const std::string& key, const std::string& body) const -> tusker::http_response {
    return post(key, {"orders"}, body);
  }
  [[nodiscard]] auto has(const std::string& id) const -> bool {
    return node.load<order>(id)->state.status != order_status::none;
  }

  tusker::runtime node;
  tusker::http_routes routes;
};

/// An order of so many; `id` may be none.
auto body_of(const std::string& id, int quantity = 1) -> std::string {
  auto named = id.empty() ? std::string() : R"("order_id":")" + id + "\",";
  return "{" + named +
         R"("customer_id":"c-1","ordered_on":"2024-05-01","ship_name":"Ada","ship_country":"DE","items":[)" +
         R"({"sku":"tea","quantity":)" + std::to_string(quantity) +
         R"(,"unit_price_cents":350,"discount_percent":0}]})";
}

auto key_of(const std::string& header) -> idempotency_key {
  return idempotency_key::parse(header).value();
}

} // namespace

TEST_CASE("a key is that of one order, whatever ids the orders bring") {
  shop test;
  auto first = test.place("k-1", body_of("my-1"));
  REQUIRE(first.status == 201);
  auto other = test.place("k-1", body_of("my-2"));
  CHECK(other.status == 422);
  CHECK(other.body.find("Idempotency-Key 'k-1'") != std::string::npos);
  CHECK_FALSE(test.has("my-2"));
  CHECK(test.place("k-1", body_of("my-1", 2)).status == 422);
  CHECK(test.place("k-1", body_of("my-1")).body == first.body);
  // Another key is free, also for what the first one was refused.
  CHECK(test.place("k-2", body_of("my-2")).status == 201);
}

TEST_CASE("a key of an order that brought an id is none for one without, and the other way round") {
  shop test;
  REQUIRE(test.place("named", body_of("my-1")).status == 201);
  CHECK(test.place("named", body_of("")).status == 422);
  CHECK_FALSE(test.has(key_of("named").order_id()));
  auto nameless = test.place("nameless", body_of(""));
  REQUIRE(nameless.status == 201);
  CHECK(test.place("nameless", body_of("my-2")).status == 422);
  CHECK_FALSE(test.has("my-2"));
  // The id that the key gives says nothing else than none.
  CHECK(test.place("nameless", body_of(key_of("nameless").order_id())).body == nameless.body);
}

TEST_CASE("a UUIDv7 in either case is the key of one order") {
  shop test;
  auto first = test.place("0193a5c0-7b2e-7c41-9d2f-5a1be0c4d7e9", body_of(""));
  REQUIRE(first.status == 201);
  CHECK(test.place("0193A5C0-7B2E-7C41-9D2F-5A1BE0C4D7E9", body_of("")).body == first.body);
}

TEST_CASE("a key that was bound before the server died is good for its order alone") {
  shop test;
  auto wish = parse_order(body_of("my-1"), key_of("k"), "");
  REQUIRE(wish);
  REQUIRE(test.node
              .dispatch<order>(key_of("k").order_id(), bind_command_id{*wish},
                               {.command_id = key_of("k").command_id("place")})
              .get());
  CHECK(test.place("k", body_of("my-2")).status == 422);
  CHECK(test.place("k", body_of("")).status == 422);
  CHECK(test.place("k", body_of("my-1")).status == 201);
}

TEST_CASE("of requests that race under one key, one places its order") {
  shop test;
  constexpr int racers = 8;
  std::vector<int> statuses(racers);
  std::vector<std::thread> threads;
  threads.reserve(racers);
  for (int each = 0; each < racers; ++each) {
    threads.emplace_back([&, each] {
      auto id = each == 0 ? std::string() : "my-" + std::to_string(each);
      statuses[static_cast<std::size_t>(each)] = test.place("k", body_of(id)).status;
    });
  }
  for (auto& each : threads)
    each.join();
  CHECK(std::count(statuses.begin(), statuses.end(), 201) == 1);
  CHECK(std::count(statuses.begin(), statuses.end(), 422) == racers - 1);
  auto placed = test.has(key_of("k").order_id()) ? 1 : 0;
  for (int each = 1; each < racers; ++each)
    placed += test.has("my-" + std::to_string(each)) ? 1 : 0;
  CHECK(placed == 1);
}

TEST_CASE("the key of a cancellation counts for the order that it names") {
  shop test;
  REQUIRE(test.place("a", body_of("x1")).status == 201);
  REQUIRE(test.place("b", body_of("x2")).status == 201);
  auto first = test.post("same", {"orders", "x1", "cancel"}, "");
  CHECK(first.status == 200);
  CHECK(test.post("same", {"orders", "x2", "cancel"}, "").status == 200);
  CHECK(test.post("same", {"orders", "x1", "cancel"}, "").body == first.body);
  CHECK(test.post("same", {"orders", "x1", "cancel"}, R"({"reason":"other"})").status == 422);
}

TEST_CASE("an order whose stream was closed by hand is gone") {
  shop test;
  REQUIRE(test.place("a", body_of("x1")).status == 201);
  tusker::stream_step step;
  step.stream = *tusker::stream_id::make("order", "x1");
  step.under = tusker::command_id_from_key({}, "close");
  step.change = tusker::tombstone_stream{};
  REQUIRE(test.node.change_stream(step).get());
  auto answer = test.routes.answer(
      {.method = "GET", .path = {"orders", "x1"}, .params = {}, .headers = {}, .body = {}});
  CHECK(answer.status == 410);
  CHECK(answer.body.find("the events of the order 'x1' were taken away") != std::string::npos);
}
