#include <tusker/model/stored_events.hpp>

#include <tusker/model/given_when_then.hpp>
#include <tusker/model/typed_aggregate.hpp>
#include <tusker/model/upcasters.hpp>

#include <tusker_test/catch.hpp>

using namespace tusker;

namespace {

struct line_added {
  std::string sku;
  std::int64_t count = 0;
  static constexpr auto schema =
      event("LineAdded", 2, field("sku", &line_added::sku), field("count", &line_added::count));
};
struct closed {
  static constexpr auto schema = event("Closed", 1);
};
struct add_line {
  std::string sku;
  static constexpr auto schema = command("AddLine", 1, field("sku", &add_line::sku));
};
struct is_closed {
  static constexpr auto schema = rejection("IsClosed", 1);
};

/// The first version of baskets stored all lines at once, without counts, and noted who looked at them.
auto steps_to_today() -> upcasters {
  return upcasters{}
      .add_field("LineAdded", 1, "count", 1)
      .rename_type("Ended", 1, "Closed")
      .drop("Viewed", 1, "views are not kept")
      .split("Filled", 1, {{"LineAdded", 1}, {"Closed", 1}}, [](const json_tree& filled) {
        std::vector<upcast_part> parts;
        for (const auto& sku : filled.at("skus"))
          parts.push_back({"LineAdded", {{"sku", sku}}});
        return parts;
      });
}

/// They end in a version that no schema has.
auto wrong_steps() -> upcasters {
  return upcasters{}.rename_type("Ended", 1, "Closed", 2);
}

template <auto Steps>
struct basket_with {
  static constexpr std::string_view type_name = "basket";
  struct state {
    std::string lines;
    bool is_closed = false;
  };
  using command = std::variant<add_line>;
  using event = std::variant<line_added, closed>;
  using rejection = std::variant<is_closed>;

  static auto upcasters() -> tusker::upcasters { return Steps(); }

  static auto decide(const state& now, const add_line& wish, const context&) -> decision<basket_with> {
    if (now.is_closed)
      return ::is_closed{};
    return line_added{wish.sku, static_cast<std::int64_t>(now.lines.size())};
  }
  static auto evolve(state before, const line_added& added) -> state {
    before.lines += added.sku + std::to_string(added.count);
    return before;
  }
  static auto evolve(state before, const closed&) -> state {
    before.is_closed = true;
    return before;
  }
};

using basket = basket_with<steps_to_today>;
using wrong_basket = basket_with<wrong_steps>;

auto folded(const std::vector<encoded_message>& history) -> std::string {
  basket::state state;
  for (const auto& message : history)
    if (auto taken = fold_stored<basket>(state, message); !taken)
      return to_string(taken.error()) + ", after " + state.lines;
  return state.lines + (state.is_closed ? " closed" : "");
}

} // namespace

TEST_CASE("old and new events of one stream make one state") {
  CHECK(folded({stored("Filled", 1, R"({"skus":["a","b"]})"), stored("Viewed", 1, "{}"),
                stored("LineAdded", 1, R"({"sku":"c"})"), stored("LineAdded", 2, R"({"sku":"d","count":4})"),
                stored("Ended", 1, "{}")}) == "a1b1c1d4 closed");
}

TEST_CASE("a stored event that cannot be read whole changes nothing") {
  // The second of its parts is no line.
  CHECK(folded({stored("Filled", 1, R"({"skus":["a",7]})")}) ==
        "schema_mismatch: 'Filled' version 1 read as 'LineAdded' version 2: LineAdded.sku: expected a text, "
        "found "
        "integer, after ");
  CHECK(
      folded({stored("LineAdded", 1, R"({"sku":"a"})"), stored("LineAdded", 3, "{}")}) ==
      "unsupported_schema_version: 'LineAdded' has schema version 3, this program knows version 2, after a1");
}

TEST_CASE("an error of today's version does not speak of others") {
  CHECK(folded({stored("LineAdded", 2, "{}")}) ==
        "schema_mismatch: LineAdded: the field 'sku' is missing, after ");
}

TEST_CASE("an aggregate's description has its chain, or what is wrong with it") {
  auto described = describe_aggregate<basket>();
  REQUIRE(described.event_chain);
  CHECK(described.event_chain->stored_names("Closed") ==
        std::vector<std::string>{"Closed", "Ended", "Filled"});
  CHECK(describe_aggregate<wrong_basket>().event_chain.error().code() == model_errc::invalid_upcasters);
}

TEST_CASE("an instance with wrong upcasters reads today's events and says of the others what is wrong") {
  typed_aggregate<wrong_basket> instance;
  recorded_event recorded;
  recorded.stream = *stream_id::make("basket", "1");
  recorded.version = stream_version(2);
  recorded.at = {log_id(0), log_offset(5)};
  recorded.data.content = stored("LineAdded", 2, R"({"sku":"a","count":1})");
  CHECK(instance.apply(recorded));
  recorded.data.content = stored("Ended", 1, "{}");
  CHECK(
      to_string(instance.apply(recorded).error()) ==
      "invalid_upcasters: event basket-1@2 at position 0:5: the step for 'Ended' version 1 leads to 'Closed' "
      "version 2, but the schema has only version 1");
}

TEST_CASE("stored events stand among the given ones of a specification") {
  auto filled = stored("Filled", 1, R"({"skus":["a"]})");
  CHECK(given<basket>(filled, line_added{"b", 2}).when(add_line{"c"}).then(line_added{"c", 4}));
  CHECK(given<basket>(filled, stored("Ended", 1, "{}")).when(add_line{"c"}).then(is_closed{}));
  CHECK_FALSE(given<basket>(filled).when(add_line{"c"}).then(is_closed{}));
  CHECK(given<basket>(stored("Filed", 1, "{}"), stored("Closed", 7, "{}"))
            .when(add_line{"c"})
            .then_nothing_happened()
            .message()
            .find("unknown_event_type: 'Filed' is not a declared type; did you mean 'Filled'?") == 0);
}
