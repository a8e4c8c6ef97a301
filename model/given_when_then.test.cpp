#include <tusker/model/given_when_then.hpp>

#include <tusker_test/catch.hpp>

#include <sstream>

using namespace std::chrono_literals;

// A specification that cannot fail proves nothing, so most of these expect a verdict of no.

namespace {

struct water {
  std::int64_t litres = 0;
  static constexpr auto schema = tusker::command("Water", 1, tusker::field("litres", &water::litres));
};
struct look {
  static constexpr auto schema = tusker::command("Look", 1);
};
struct watered {
  std::int64_t litres = 0;
  std::string at;
  static constexpr auto schema = tusker::event("Watered", 1, tusker::field("litres", &watered::litres),
                                               tusker::field("at", &watered::at));
};
struct labelled {
  std::string text;
  std::string forgotten; ///< Not in the schema, as if somebody had forgotten it.
  static constexpr auto schema = tusker::event("Labelled", 1, tusker::field("text", &labelled::text));
};
struct too_wet {
  std::int64_t litres = 0;
  static constexpr auto schema = tusker::rejection("TooWet", 1, tusker::field("litres", &too_wet::litres));
};
struct foreign {
  static constexpr auto schema = tusker::event("Foreign", 1);
};
struct foreign_command {
  static constexpr auto schema = tusker::command("ForeignCommand", 1);
};

struct plant {
  static constexpr std::string_view type_name = "plant";
  struct state {
    std::int64_t litres = 0;
    std::string label;
  };
  using command = std::variant<water, look>;
  using event = std::variant<watered, labelled>;
  using rejection = std::variant<too_wet>;

  static auto decide(const state& current, const water& wish, const tusker::context& given)
      -> tusker::decision<plant> {
    if (current.litres + wish.litres > 10)
      return too_wet{current.litres};
    return watered{wish.litres, tusker::to_string(given.now())};
  }
  static auto decide(const state& current, const look&, const tusker::context&) -> tusker::decision<plant> {
    if (current.label.empty())
      return tusker::nothing_happened{};
    return {labelled{current.label, ""}, labelled{"seen", ""}};
  }
  static auto evolve(state before, const watered& happened) -> state {
    before.litres += happened.litres;
    return before;
  }
  static auto evolve(state before, const labelled& happened) -> state {
    before.label = happened.forgotten;
    return before;
  }
};

struct wind {
  std::string what;
  static constexpr auto schema = tusker::command("Wind", 1, tusker::field("what", &wind::what));
};
struct ring {
  std::string what;
  static constexpr auto schema = tusker::command("Ring", 1, tusker::field("what", &ring::what));
};
struct wound {
  static constexpr auto schema = tusker::event("Wound", 1);
};
struct broken_spring {
  static constexpr auto schema = tusker::rejection("BrokenSpring", 1);
};

/// Rings after four minutes.
struct egg_timer {
  static constexpr std::string_view type_name = "egg_timer";
  struct state {};
  using command = std::variant<wind, ring>;
  using event = std::variant<wound>;
  using rejection = std::variant<broken_spring>;

  static auto decide(const state&, const wind& wish, const tusker::context& given)
      -> tusker::decision<egg_timer> {
    return tusker::decision<egg_timer>(wound{})
        .set_timer("ring", given.now() + 4min, ring{wish.what})
        .cancel_timer("snooze", given.now() + 9min);
  }
  static auto decide(const state&, const ring&, const tusker::context& given) -> tusker::decision<egg_timer> {
    auto refusal = tusker::decision<egg_timer>(broken_spring{});
    refusal.set_timer("ring", given.now(), ring{"again"});
    return refusal;
  }
  static auto evolve(state before, const wound&) -> state { return before; }
};

using tusker::given;

const std::string new_year = "2026-01-01T00:00:00.000000Z";

} // namespace

TEST_CASE("a specification holds for exactly the events that come") {
  CHECK(given<plant>().when(water{3}).then(watered{3, new_year}));
  CHECK_FALSE(given<plant>().when(water{3}).then(watered{4, new_year}));
  CHECK_FALSE(given<plant>().when(water{3}).then());
  CHECK_FALSE(given<plant>().when(water{3}).then_nothing_happened());
  CHECK_FALSE(given<plant>().when(water{3}).then(watered{3, new_year}, watered{3, new_year}));
}

TEST_CASE("a wrong expectation is told with both sides") {
  auto wrong = given<plant>().when(water{3}).then(watered{4, new_year}, too_wet{1});
  CHECK_FALSE(wrong);
  CHECK(wrong.message() == "expected\n"
                           "  Watered {\"litres\":4,\"at\":\"2026-01-01T00:00:00.000000Z\"}\n"
                           "  TooWet {\"litres\":1}\n"
                           "but got\n"
                           "  Watered {\"litres\":3,\"at\":\"2026-01-01T00:00:00.000000Z\"}\n");
  auto none = given<plant>().when(look{}).then(too_wet{1});
  CHECK(none.message() == "expected\n  TooWet {\"litres\":1}\nbut got\n  (nothing)\n");
}

TEST_CASE("a history is folded before the command comes") {
  CHECK(given<plant>(watered{4, ""}, watered{5, ""}).when(water{2}).then(too_wet{9}));
  CHECK(given<plant>(watered{4, ""}, watered{5, ""}).when(water{1}).then(watered{1, new_year}));
  CHECK_FALSE(given<plant>(watered{4, ""}, watered{5, ""}).when(water{2}).then(too_wet{8}));
  CHECK_FALSE(given<plant>(watered{9, ""}).when(water{2}).then(watered{2, new_year}));
}

TEST_CASE("nothing happened is a specification of its own") {
  CHECK(given<plant>().when(look{}).then_nothing_happened());
  CHECK_FALSE(given<plant>(watered{10, ""}).when(water{1}).then_nothing_happened());
}

TEST_CASE("the clock of a specification can be set") {
  auto noon = *tusker::parse_timestamp("2027-03-04T12:00:00Z");
  CHECK(given<plant>().at(noon).when(water{3}).then(watered{3, "2027-03-04T12:00:00.000000Z"}));
}

TEST_CASE("a field that its schema forgot is missing in a history as it would be after a restart") {
  // In memory the label would be "rose", and looking would give events.
  CHECK(given<plant>(labelled{"x", "rose"}).when(look{}).then_nothing_happened());
}

TEST_CASE("messages that are not the aggregate's own are told") {
  CHECK(given<plant>(foreign{}).when(look{}).then_nothing_happened().message().find(
            "unknown_event_type: 'Foreign'") == 0);
  CHECK(given<plant>()
            .when(foreign_command{})
            .then_nothing_happened()
            .message()
            .find("unknown_command_type: 'ForeignCommand'") == 0);
}

TEST_CASE("messages that JSON cannot hold are told") {
  auto history = given<plant>(watered{1, "\xFF"}).when(look{}).then_nothing_happened();
  CHECK(history.message() == "not_encodable: Watered: the field 'at': the text is not UTF-8");
  auto expectation = given<plant>().when(look{}).then(watered{1, "\xFF"});
  CHECK(expectation.message() == "not_encodable: Watered: the field 'at': the text is not UTF-8");
}

TEST_CASE("a verdict is printed as its reason") {
  std::ostringstream good;
  good << given<plant>().when(look{}).then_nothing_happened();
  CHECK(good.str() == "as specified");
  std::ostringstream bad;
  bad << tusker::verdict("because");
  CHECK(bad.str() == "because");
}

TEST_CASE("a specification says which timers a decision sets and cancels") {
  auto now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
  auto outcome = given<egg_timer>().when(wind{"tea"});
  CHECK(outcome.then(wound{}));
  CHECK(outcome.sets_timer("ring", now + 4min, ring{"tea"}));
  CHECK_FALSE(outcome.sets_timer("ring", now + 4min, ring{"coffee"}));
  CHECK_FALSE(outcome.sets_timer("ring", now + 5min, ring{"tea"}));
  CHECK_FALSE(outcome.cancels_timer("ring", now + 4min));
  CHECK(outcome.cancels_timer("snooze", now + 9min));
  CHECK_FALSE(outcome.sets_timer("snooze", now + 9min, ring{"tea"}));
  CHECK(outcome.sets_timer("other", now, ring{}).message() ==
        "nothing is said about the timer 'other' at that time");
}

TEST_CASE("a rejection sets no timers in a specification") {
  auto now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
  auto outcome = given<egg_timer>().when(ring{"refused"});
  CHECK(outcome.then(broken_spring{}));
  CHECK_FALSE(outcome.sets_timer("ring", now, ring{"again"}));
}
