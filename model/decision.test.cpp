#include <tusker/model/decision.hpp>

#include <tusker/model/aggregate.hpp>

#include <tusker_test/catch.hpp>

#include <type_traits>

namespace {

struct press {
  static constexpr auto schema = tusker::command("Press", 1);
};
struct lamp_lit {
  static constexpr auto schema = tusker::event("LampLit", 1);
};
struct lamp_dimmed {
  std::string by;
  static constexpr auto schema = tusker::event("LampDimmed", 1, tusker::field("by", &lamp_dimmed::by));
};
struct lamp_broken {
  std::string why;
  static constexpr auto schema = tusker::rejection("LampBroken", 1, tusker::field("why", &lamp_broken::why));
};

struct lamp {
  static constexpr std::string_view type_name = "lamp";
  struct state {};
  using command = std::variant<press>;
  using event = std::variant<lamp_lit, lamp_dimmed>;
  using rejection = std::variant<lamp_broken>;
  static auto decide(const state&, const press&, const tusker::context&) -> tusker::decision<lamp> {
    return lamp_lit{};
  }
  static auto evolve(state before, const lamp_lit&) -> state { return before; }
  static auto evolve(state before, const lamp_dimmed&) -> state { return before; }
};

/// An aggregate that never refuses declares no rejection.
struct bulb {
  static constexpr std::string_view type_name = "bulb";
  struct state {};
  using command = std::variant<press>;
  using event = std::variant<lamp_lit>;
  static auto decide(const state&, const press&, const tusker::context&) -> tusker::decision<bulb> {
    return lamp_lit{};
  }
  static auto evolve(state before, const lamp_lit&) -> state { return before; }
};

/// Not an aggregate: it does not say what becomes of one of its events.
struct half_lamp {
  static constexpr std::string_view type_name = "half_lamp";
  struct state {};
  using command = std::variant<press>;
  using event = std::variant<lamp_lit, lamp_dimmed>;
  static auto decide(const state&, const press&, const tusker::context&) -> tusker::decision<half_lamp>;
  static auto evolve(state before, const lamp_lit&) -> state;
};

auto one_event() -> tusker::decision<lamp> {
  return lamp_lit{};
}

auto two_events() -> tusker::decision<lamp> {
  return {lamp_lit{}, lamp_dimmed{"Ann"}};
}

auto no_event() -> tusker::decision<lamp> {
  return tusker::nothing_happened{};
}

auto refusal(std::string why) -> tusker::decision<lamp> {
  return lamp_broken{std::move(why)};
}

} // namespace

TEST_CASE("a decision holds the events that it was returned as") {
  CHECK(one_event().events().size() == 1);
  auto two = two_events();
  REQUIRE(two.events().size() == 2);
  CHECK(std::holds_alternative<lamp_lit>(two.events()[0]));
  CHECK(std::get<lamp_dimmed>(two.events()[1]).by == "Ann");
  CHECK_FALSE(two.is_rejection());
  auto many = tusker::decision<lamp>(std::vector<lamp::event>(5, lamp_lit{}));
  CHECK(many.events().size() == 5);
}

TEST_CASE("a decision that nothing happened has no events and is no rejection") {
  CHECK(no_event().events().empty());
  CHECK_FALSE(no_event().is_rejection());
}

TEST_CASE("a rejection is held as it will be recorded") {
  auto refused = refusal("no current");
  REQUIRE(refused.is_rejection());
  CHECK(refused.events().empty());
  REQUIRE(refused.rejection());
  CHECK(*refused.rejection() ==
        tusker::encoded_message{"LampBroken", tusker::schema_version(1), R"({"why":"no current"})"});
}

TEST_CASE("a rejection that JSON cannot hold says so when it is asked for") {
  auto refused = refusal("\xFF");
  REQUIRE(refused.is_rejection());
  CHECK(refused.rejection().error().code() == tusker::model_errc::not_encodable);
}

TEST_CASE("a decision is made of its own aggregate's events and rejections only") {
  STATIC_REQUIRE(std::is_constructible_v<tusker::decision<lamp>, lamp_dimmed>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<tusker::decision<bulb>, lamp_dimmed>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<tusker::decision<bulb>, lamp_broken>);
  STATIC_REQUIRE_FALSE(std::is_constructible_v<tusker::decision<lamp>, press>);
  STATIC_REQUIRE_FALSE(std::is_default_constructible_v<tusker::decision<lamp>>);
}

TEST_CASE("an aggregate decides all its commands and evolves by all its events") {
  STATIC_REQUIRE(tusker::aggregate<lamp>);
  STATIC_REQUIRE(tusker::aggregate<bulb>);
  STATIC_REQUIRE_FALSE(tusker::aggregate<half_lamp>);
  STATIC_REQUIRE_FALSE(tusker::aggregate<int>);
}
