#include <tusker/model/upcaster_chain.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/upcasters.hpp>

#include <tusker_test/catch.hpp>

#include <stdexcept>

using namespace tusker;

namespace {

const std::vector<message_type> today{{"OrderCreated", schema_version(3)},
                                      {"LineAdded", schema_version(2)},
                                      {"LineRemoved", schema_version(1)}};

auto message(std::string type, std::uint16_t version, std::string json) -> encoded_message {
  return {std::move(type), schema_version(version), std::move(json)};
}

auto parts_of(json_tree amended) -> std::vector<upcast_part> {
  std::vector<upcast_part> parts;
  for (const auto& sku : amended.at("added"))
    parts.push_back({"LineAdded", {{"sku", sku}}});
  for (const auto& sku : amended.at("removed"))
    parts.push_back({"LineRemoved", {{"sku", sku}}});
  return parts;
}

/// Each kind of step, two names for one type, and a split whose parts go on.
auto steps() -> upcasters {
  return upcasters{}
      .rename_field("OrderCreated", 1, "customer", "customer_id")
      .add_field("OrderCreated", 2, "currency", "EUR")
      .rename_type("OrderPlaced", 1, "OrderCreated")
      .rename_type("OrderPlaced", 7, "OrderCreated", 2)
      .split("OrderAmended", 1, {{"LineAdded", 1}, {"LineRemoved", 1}}, parts_of)
      .change_field("LineAdded", 1, "sku",
                    [](const json_tree& sku) { return "sku-" + sku.get<std::string>(); })
      .drop("OrderViewed", 1, "views are not kept");
}

auto chain_of(const upcasters& of) -> upcaster_chain {
  return make_upcaster_chain(of, today).value();
}

auto upcast(const encoded_message& stored) -> upcast_messages {
  return chain_of(steps()).upcast(stored).value();
}

/// What a chain with one step more says of an event of that type.
auto fault(const upcasters& with, const encoded_message& stored) -> std::string {
  auto read = chain_of(with).upcast(stored);
  return read ? "no fault" : to_string(read.error());
}

auto lead_to_line_removed(std::function<json_tree(json_tree)> step) -> std::string {
  auto with = upcasters{}.step("X", 1, std::move(step)).rename_type("X", 2, "LineRemoved", 1);
  return fault(with, message("X", 1, "{}"));
}

} // namespace

TEST_CASE("an event of today's version is given as it was stored, also if its JSON is none") {
  auto chain = chain_of(steps());
  CHECK(chain.is_current(message("OrderCreated", 3, "")));
  CHECK_FALSE(chain.is_current(message("OrderCreated", 2, "")));
  CHECK_FALSE(chain.is_current(message("OrderPlaced", 3, "")));
  CHECK(upcast(message("OrderCreated", 3, "{ ")) == upcast_messages{{message("OrderCreated", 3, "{ ")}, {}});
}

TEST_CASE("an event goes through all steps to today's version") {
  auto created = message("OrderCreated", 3, R"({"id":1,"customer_id":"c","currency":"EUR"})");
  CHECK(upcast(message("OrderCreated", 1, R"({"id":1,"customer":"c"})")).current == std::vector{created});
  CHECK(upcast(message("OrderCreated", 2, R"({"id":1,"customer_id":"c"})")).current == std::vector{created});
}

TEST_CASE("a chain goes on under the type's new name") {
  auto created = message("OrderCreated", 3, R"({"customer_id":"c","currency":"EUR"})");
  CHECK(upcast(message("OrderPlaced", 1, R"({"customer":"c"})")).current == std::vector{created});
  CHECK(upcast(message("OrderPlaced", 7, R"({"customer_id":"c"})")).current == std::vector{created});
}

TEST_CASE("a step of its own changes anything") {
  auto with = upcasters{}.step("LineAdded", 1, [](json_tree line) {
    line["count"] = line.at("skus").size();
    line.erase("skus");
    return line;
  });
  CHECK(chain_of(with).upcast(message("LineAdded", 1, R"({"skus":["a","b"]})"))->current ==
        std::vector{message("LineAdded", 2, R"({"count":2})")});
}

TEST_CASE("several changes of one version are one step") {
  auto with = upcasters{}.change_fields("LineAdded", 1, field_changes{}.rename("s", "sku").add("count", 1));
  CHECK(chain_of(with).upcast(message("LineAdded", 1, R"({"s":"a"})"))->current ==
        std::vector{message("LineAdded", 2, R"({"sku":"a","count":1})")});
}

TEST_CASE("an event is split into several in the order of its parts, and each goes on by its own steps") {
  CHECK(upcast(message("OrderAmended", 1, R"({"added":["a","b"],"removed":["c"]})")).current ==
        std::vector{message("LineAdded", 2, R"({"sku":"sku-a"})"),
                    message("LineAdded", 2, R"({"sku":"sku-b"})"),
                    message("LineRemoved", 1, R"({"sku":"c"})")});
  CHECK(upcast(message("OrderAmended", 1, R"({"added":[],"removed":[]})")) == upcast_messages{});
}

TEST_CASE("the parts of a part take its place") {
  auto halves = [](std::string type) {
    return [type = std::move(type)](const json_tree& whole) {
      auto part = [&](const char* half) {
        return upcast_part{type, {{"sku", whole.at("sku").get<std::string>() + half}}};
      };
      return std::vector{part("1"), part("2")};
    };
  };
  auto with = upcasters{}
                  .split("Whole", 1, {{"Half", 1}}, halves("Half"))
                  .split("Half", 1, {{"LineRemoved", 1}}, halves("LineRemoved"));
  std::string order;
  auto read = chain_of(with).upcast(message("Whole", 1, R"({"sku":""})")).value();
  for (const auto& quarter : read.current)
    order += parse_tree(quarter.json)->at("sku").get<std::string>() + " ";
  CHECK(order == "11 12 21 22 ");
}

TEST_CASE("a dropped event leaves its reason, and is not even read") {
  CHECK(upcast(message("OrderViewed", 1, "{")) ==
        upcast_messages{{}, {{{"OrderViewed", schema_version(1)}, "views are not kept"}}});
}

TEST_CASE("an event that has only another name keeps its bytes") {
  auto with = upcasters{}.rename_type("LineDeleted", 1, "LineRemoved");
  CHECK(chain_of(with).upcast(message("LineDeleted", 1, "{ \"a\": 1 }"))->current ==
        std::vector{message("LineRemoved", 1, "{ \"a\": 1 }")});
}

TEST_CASE("the events of a split share the place of the stored one and are told apart by their index") {
  recorded_event stored;
  stored.stream = *stream_id::make("order", "1");
  stored.version = stream_version(7);
  stored.at = {log_id(0), log_offset(31)};
  stored.shard = shard_id(3);
  stored.data.meta.subject = "customer-1";
  stored.data.time = timestamp(std::chrono::seconds(5));
  stored.data.content = message("OrderAmended", 1, R"({"added":["a"],"removed":["b"]})");
  auto read = chain_of(steps()).upcast(stored).value();
  REQUIRE(read.current.size() == 2);
  for (std::size_t index = 0; index < 2; ++index) {
    CHECK(read.current[index].index == index);
    auto expected = stored;
    expected.data.content = read.current[index].event.data.content;
    CHECK(read.current[index].event == expected);
  }
  CHECK(read.current[1].event.data.content.type == "LineRemoved");
}

TEST_CASE("an event that nobody can read is told with its place and the nearest name") {
  recorded_event stored;
  stored.stream = *stream_id::make("order", "1");
  stored.version = stream_version(7);
  stored.at = {log_id(0), log_offset(31)};
  auto why = [&](std::string type, std::uint16_t version, std::string json) {
    stored.data.content = message(std::move(type), version, std::move(json));
    return to_string(chain_of(steps()).upcast(stored).error());
  };
  CHECK(why("OrderPlacd", 1, "{}") ==
        "unknown_event_type: event order-1@7 at position 0:31: 'OrderPlacd' is not a declared type; did you "
        "mean "
        "'OrderPlaced'? Known: OrderCreated, LineAdded, LineRemoved, OrderAmended, OrderPlaced, OrderViewed");
  CHECK(why("OrderCreated", 4, "{}") == "unsupported_schema_version: event order-1@7 at position 0:31: "
                                        "'OrderCreated' has schema version 4, this program knows version 3");
  CHECK(
      why("OrderPlaced", 8, "{}") ==
      "unsupported_schema_version: event order-1@7 at position 0:31: 'OrderPlaced' has schema version 8, the "
      "latest that a step takes on is version 7");
  CHECK(why("OrderCreated", 1, "{")
            .find("malformed_json: event order-1@7 at position 0:31: 'OrderCreated' version 1: not JSON") ==
        0);
  CHECK(why("OrderPlaced", 1, "[]") ==
        "schema_mismatch: event order-1@7 at position 0:31: 'OrderCreated' version 1: "
        "expected an object, found array");
  CHECK(why("OrderAmended", 1, "{}")
            .find("upcast_failed: event order-1@7 at position 0:31: the step for "
                  "'OrderAmended' version 1 threw: ") == 0);
}

TEST_CASE("a version before the first step is not readable") {
  auto late = upcasters{}.add_field("OrderCreated", 2, "currency", "EUR");
  CHECK(fault(late, message("OrderCreated", 1, "{}")) ==
        "unsupported_schema_version: 'OrderCreated' has schema version 1, this program knows version 3");
}

TEST_CASE("a step that fails is named") {
  CHECK(lead_to_line_removed([](const json_tree&) -> json_tree {
          throw std::runtime_error("no customer");
        }) == "upcast_failed: the step for 'X' version 1 threw: 'no customer'");
  CHECK(lead_to_line_removed([](const json_tree&) -> json_tree { throw 7; }) ==
        "upcast_failed: the step for 'X' version 1 threw something that is no std::exception");
  CHECK(lead_to_line_removed([](const json_tree&) { return json_tree::array(); }) ==
        "upcast_failed: the step for 'X' version 1 gave no object but array");
  CHECK(lead_to_line_removed([](const json_tree&) { return json_tree(); }) ==
        "upcast_failed: the step for 'X' version 1 gave no object but null");
  CHECK(lead_to_line_removed([](const json_tree&) {
          return json_tree{{"name", "\xFF"}};
        }) == "not_encodable: the step for 'X' version 1 gave what cannot be stored: the field 'name': the "
              "text is not "
              "UTF-8");
  auto clash = upcasters{}.rename_field("LineAdded", 1, "a", "b");
  CHECK(fault(clash, message("LineAdded", 1, R"({"a":1,"b":2})")) ==
        "upcast_failed: the step for 'LineAdded' version 1 cannot rename the field 'a': there is a 'b'");
}

TEST_CASE("a split that makes something else is named") {
  auto splitting = [](const upcast_part& part, std::size_t count) {
    return upcasters{}.split("X", 1, {{"LineAdded", 2}, {"LineRemoved", 1}},
                             [=](const json_tree&) { return std::vector(count, part); });
  };
  auto x = message("X", 1, "{}");
  CHECK(fault(splitting({"LineAded", json_tree::object()}, 1), x) ==
        "upcast_failed: the step for 'X' version 1 made a 'LineAded', which is not one of its targets; did "
        "you mean "
        "'LineAdded'? Known: LineAdded, LineRemoved");
  CHECK(fault(splitting({"LineAdded", 7}, 1), x) ==
        "upcast_failed: the step for 'X' version 1 made a 'LineAdded' that is no object but number");
  CHECK(fault(splitting({"LineAdded", json_tree::object()}, upcast_events_max), x) == "no fault");
  CHECK(fault(splitting({"LineAdded", json_tree::object()}, upcast_events_max + 1), x) ==
        "upcast_failed: the step for 'X' version 1 makes more than 1000 of one stored event");
}

TEST_CASE("who reads one type of today learns under which names it may be stored") {
  auto chain = chain_of(steps());
  CHECK(chain.stored_names("OrderCreated") == std::vector<std::string>{"OrderCreated", "OrderPlaced"});
  CHECK(chain.stored_names("LineRemoved") == std::vector<std::string>{"LineRemoved", "OrderAmended"});
  CHECK(chain.stored_names("Other") == std::vector<std::string>{"Other"});
  CHECK(chain.declared() == today);
}
