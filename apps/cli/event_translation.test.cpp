#include <tusker/cli/event_translation.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/model/upcasters.hpp>

#include <tusker_test/catch.hpp>
#include <tusker_test/trip_saga.hpp>

#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

using namespace tusker;
using namespace tusker::cli;

namespace {

struct nothing_to_do {
  static constexpr auto schema = command("NothingToDo", 1);
};
struct no_reason {
  static constexpr auto schema = rejection("NoReason", 1);
};
struct paid_in {
  std::int64_t cents = 0;
  static constexpr auto schema = event("PaidIn", 2, field("cents", &paid_in::cents));
};
struct looked_at {
  static constexpr auto schema = event("LookedAt", 1);
};

/// Payments were once written as `Paid`, and with a look in one event.
struct account {
  static constexpr std::string_view type_name = "account";
  using state = std::int64_t;
  using command = std::variant<nothing_to_do>;
  using event = std::variant<paid_in, looked_at>;
  using rejection = std::variant<no_reason>;

  static auto upcasters() -> tusker::upcasters {
    return tusker::upcasters{}
        .rename_type("Paid", 1, "PaidIn")
        .rename_field("PaidIn", 1, "amount", "cents")
        .split("PaidAndLooked", 1, {{"PaidIn", 2}, {"LookedAt", 1}}, [](const json_tree& both) {
          return std::vector<upcast_part>{{"PaidIn", {{"cents", both.at("cents")}}},
                                          {"LookedAt", json_tree::object()}};
        });
  }
  static auto decide(state, const nothing_to_do&, const context&) -> decision<account> { return no_reason{}; }
  static auto evolve(state now, const paid_in& event) -> state { return now + event.cents; }
  static auto evolve(state now, const looked_at&) -> state { return now; }
};

auto types() -> registered_types {
  registered_types known;
  known.add<account>();
  return known;
}

auto stored(const std::string& stream, encoded_message content) -> recorded_event {
  return {*stream_id::parse(stream),
          stream_version(1),
          {log_id(0), log_offset(7)},
          {},
          {{}, std::move(content), {}, {}}};
}

/// `PaidIn@2 {"cents":5}`, for each event that it says.
auto said(const event_translation& by, const recorded_event& event) -> std::vector<std::string> {
  auto events = by.translate(event);
  REQUIRE(events);
  std::vector<std::string> texts;
  texts.reserve(events->current.size());
  for (const auto& each : events->current) {
    const auto& content = each.event.data.content;
    texts.push_back(content.type + "@" + std::to_string(content.version.value()) + " " + content.json);
  }
  return texts;
}

using texts = std::vector<std::string>;

} // namespace

TEST_CASE("a stored event is said in today's types, also when it was split") {
  auto known = types();
  auto by = event_translation::make(known, {}, {});
  REQUIRE(by);
  CHECK(by->stored_names().empty());
  CHECK(said(*by, stored("account-a", {"Paid", schema_version(1), R"({"amount":5})"})) ==
        texts{R"(PaidIn@2 {"cents":5})"});
  CHECK(said(*by, stored("account-a", {"PaidAndLooked", schema_version(1), R"({"cents":5})"})) ==
        texts{R"(PaidIn@2 {"cents":5})", "LookedAt@1 {}"});
}

TEST_CASE("who wants a type gets it under all names that it ever had, and nothing else") {
  auto known = types();
  auto by = event_translation::make(known, {"PaidIn"}, {});
  REQUIRE(by);
  auto names = by->stored_names();
  CHECK(std::set<std::string>(names.begin(), names.end()) ==
        std::set<std::string>{"Paid", "PaidAndLooked", "PaidIn"});
  CHECK(said(*by, stored("account-a", {"PaidAndLooked", schema_version(1), R"({"cents":5})"})) ==
        texts{R"(PaidIn@2 {"cents":5})"});
  CHECK(said(*by, stored("account-a", {"LookedAt", schema_version(1), "{}"})).empty());
}

TEST_CASE("an event of a category that the program does not have stays as it is stored") {
  auto known = types();
  auto by = event_translation::make(known, {}, {});
  REQUIRE(by);
  CHECK(said(*by, stored("shop-s", {"Paid", schema_version(1), R"({"amount":5})"})) ==
        texts{R"(Paid@1 {"amount":5})"});
}

TEST_CASE("an event that nobody can read is an error with its place") {
  auto known = types();
  auto by = event_translation::make(known, {}, {});
  REQUIRE(by);
  auto events = by->translate(stored("account-a", {"PaidOut", schema_version(1), "{}"}));
  REQUIRE(!events);
  CHECK(events.error().code() == model_errc::unknown_event_type);
  CHECK(events.error().message().find("account-a") != std::string::npos);
}

TEST_CASE("a type that no aggregate of the wanted categories has is not found, with the nearest") {
  auto known = types();
  auto by = event_translation::make(known, {"PaidOn"}, {});
  REQUIRE(!by);
  CHECK(by.error().code() == cli_errc::not_found);
  CHECK(by.error().message() ==
        "there is no type of events 'PaidOn'; did you mean 'PaidIn'? Known: LookedAt, PaidIn");
  CHECK(!event_translation::make(known, {"PaidIn"}, {"shop"}));
}

TEST_CASE("the transitions of a saga are events like others") {
  auto known = types();
  known.add_saga<travelling::booking>();
  auto by = event_translation::make(known, {"tusker.SagaStepped"}, {"booking"});
  REQUIRE(by);
  CHECK(by->stored_names() == texts{"tusker.SagaStepped"});
  CHECK(said(*by, stored("booking-t1", {"tusker.SagaStepped", schema_version(1), R"({"moves":[]})"})) ==
        texts{R"(tusker.SagaStepped@1 {"moves":[]})"});
}
