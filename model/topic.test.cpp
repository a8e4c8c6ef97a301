#include <tusker/model/topic.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker_test/catch.hpp>

using namespace tusker;

namespace {

struct price_changed {
  std::int64_t cents = 0;
  static constexpr auto schema = event("PriceChanged", 2, field("cents", &price_changed::cents));
};

struct price_removed {
  static constexpr auto schema = event("PriceRemoved", 1);
};

struct prices {
  static constexpr std::string_view name = "prices-eu";
  using message = std::variant<price_changed, price_removed>;
};

struct old_prices {
  static constexpr std::string_view name = "prices";
  using message = std::variant<price_changed>;
  static auto upcasters() -> tusker::upcasters {
    return tusker::upcasters{}.rename_field("PriceChanged", 1, "amount", "cents");
  }
};

struct wrong_prices {
  static constexpr std::string_view name = "prices";
  using message = std::variant<price_changed>;
  static auto upcasters() -> tusker::upcasters {
    return tusker::upcasters{}.rename_field("PriceChanged", 7, "amount", "cents");
  }
};

struct not_of_events {
  static constexpr std::string_view name = "numbers";
  using message = std::variant<int>;
};

static_assert(topic<prices>);
static_assert(!topic<not_of_events>);
static_assert(!topic<price_changed>);

} // namespace

TEST_CASE("a topic's name is a category's, with dashes") {
  for (const auto* name : {"a", "orders", "orders-eu_2", "events-of-today"})
    CHECK(is_topic_name(name));
  for (const auto* name : {"", "Orders", "2orders", "-orders", "orders eu", "ördérs", "orders.eu"})
    CHECK_FALSE(is_topic_name(name));
  CHECK(is_topic_name(std::string(topic_name_bytes_max, 'a')));
  CHECK_FALSE(is_topic_name(std::string(topic_name_bytes_max + 1, 'a')));
}

TEST_CASE("a topic is kept in a stream of the runtime's own, and 'events' in none") {
  auto stream = topic_stream("orders-eu");
  REQUIRE(stream);
  CHECK(stream->name() == "tusker_topic-orders-eu");
  CHECK(is_reserved_category(stream->category()));
  CHECK(topic_stream("Orders").error().code() == model_errc::invalid_name);
  CHECK(topic_stream("events").error().message().find("the log itself") != std::string::npos);
}

TEST_CASE("categories that begin like the runtime's own are reserved") {
  CHECK(is_reserved_category("tusker_delivery"));
  CHECK(is_reserved_category("tusker_"));
  CHECK_FALSE(is_reserved_category("tusker"));
  CHECK_FALSE(is_reserved_category("order"));
}

TEST_CASE("a message's key is an entry of its metadata, and none is empty") {
  metadata meta;
  meta.user["mine"] = "kept";
  CHECK(message_key(meta).empty());
  set_message_key(meta, "order-1");
  CHECK(message_key(meta) == "order-1");
  CHECK(meta.user.size() == 2);
  set_message_key(meta, "");
  CHECK(message_key(meta).empty());
  CHECK(meta.user.size() == 1);
}

TEST_CASE("a topic is described by its name and its messages") {
  auto described = describe_topic<prices>();
  CHECK(described.name == "prices-eu");
  CHECK(described.message_names == std::vector<std::string>{"PriceChanged", "PriceRemoved"});
  REQUIRE(described.chain);
  CHECK(described.chain->is_current({"PriceChanged", schema_version(2), "{}"}));
}

TEST_CASE("messages of old schemas are read through the topic's upcasters") {
  auto described = describe_topic<old_prices>();
  REQUIRE(described.chain);
  auto read = described.chain->upcast(encoded_message{"PriceChanged", schema_version(1), R"({"amount":5})"});
  REQUIRE(read);
  REQUIRE(read->current.size() == 1);
  CHECK(read->current.front().json == R"({"cents":5})");
  CHECK_FALSE(describe_topic<wrong_prices>().chain);
}
