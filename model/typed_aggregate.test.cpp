#include <tusker/model/typed_aggregate.hpp>

#include <tusker/model/timed_command.hpp>
#include <tusker_test/catch.hpp>

using namespace std::chrono_literals;

namespace {

struct deposit {
  std::int64_t amount = 0;
  static constexpr auto schema = tusker::command("Deposit", 1, tusker::field("amount", &deposit::amount));
};
struct rename {
  std::string name;
  static constexpr auto schema = tusker::command("Rename", 1, tusker::field("name", &rename::name));
};
struct deposited {
  std::int64_t amount = 0;
  static constexpr auto schema = tusker::event("Deposited", 1, tusker::field("amount", &deposited::amount));
};
struct renamed {
  std::string name;
  static constexpr auto schema = tusker::event("Renamed", 1, tusker::field("name", &renamed::name));
};
struct no_amount {
  std::string why;
  static constexpr auto schema = tusker::rejection("NoAmount", 1, tusker::field("why", &no_amount::why));
};

constexpr auto now_of_tests = tusker::timestamp(2s);

/// A deposit of more than 100 comes as two events, one of 50 sets a timer.
struct account {
  static constexpr std::string_view type_name = "account";
  struct state {
    std::int64_t balance = 0;
  };
  using command = std::variant<deposit, rename>;
  using event = std::variant<deposited, renamed>;
  using rejection = std::variant<no_amount>;

  static auto decide(const state&, const deposit& wish, const tusker::context&) -> tusker::decision<account> {
    if (wish.amount == 0)
      return tusker::nothing_happened{};
    if (wish.amount < 0)
      return no_amount{wish.amount == -1 ? "\xFF" : "negative"};
    if (wish.amount == 50)
      return tusker::decision<account>(deposited{50}).set_timer("interest", now_of_tests + 1h, deposit{1});
    if (wish.amount > 100)
      return {deposited{100}, deposited{wish.amount - 100}};
    return deposited{wish.amount};
  }
  static auto decide(const state&, const rename&, const tusker::context&) -> tusker::decision<account> {
    return renamed{"\xFF"};
  }
  static auto evolve(state before, const deposited& happened) -> state {
    return {before.balance + happened.amount};
  }
  static auto evolve(state before, const renamed&) -> state { return before; }
};

auto envelope(std::string type, std::string json, std::uint16_t version = 1) -> tusker::command_envelope {
  return {tusker::command_id_from_key(tusker::timestamp(1s), "c"),
          *tusker::stream_id::make("account", "1"),
          tusker::any,
          {std::move(type), tusker::schema_version(version), std::move(json)},
          {}};
}

auto deposit_of(std::int64_t amount) -> tusker::command_envelope {
  return envelope("Deposit", tusker::encode(deposit{amount}).value());
}

auto recorded(std::string type, std::string json, std::uint16_t version = 1) -> tusker::recorded_event {
  tusker::recorded_event event;
  event.stream = *tusker::stream_id::make("account", "1");
  event.version = tusker::stream_version(7);
  event.at = {tusker::log_id(2), tusker::log_offset(31)};
  event.data.content = {std::move(type), tusker::schema_version(version), std::move(json)};
  return event;
}

auto now() -> tusker::context {
  return {tusker::timestamp(5s), tusker::command_id_from_key(tusker::timestamp(1s), "c"), {}};
}

} // namespace

TEST_CASE("recorded events are taken into the state") {
  tusker::typed_aggregate<account> instance;
  REQUIRE(instance.apply(recorded("Deposited", R"({"amount":5})")));
  REQUIRE(instance.apply(recorded("Deposited", R"({"amount":7})")));
  CHECK(instance.state().balance == 12);
}

TEST_CASE("an event that cannot be read is named with stream version and position") {
  tusker::typed_aggregate<account> instance;
  auto unknown = instance.apply(recorded("Deposted", "{}"));
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code() == tusker::model_errc::unknown_event_type);
  CHECK(unknown.error().message().find("event account-1@7 at position 2:31: 'Deposted' is not") == 0);
  CHECK(instance.apply(recorded("Deposited", "{}", 2)).error().code() ==
        tusker::model_errc::unsupported_schema_version);
  CHECK(instance.apply(recorded("Deposited", "{}")).error().code() == tusker::model_errc::schema_mismatch);
  CHECK(instance.apply(recorded("Deposited", "{")).error().code() == tusker::model_errc::malformed_json);
  CHECK(instance.state().balance == 0);
}

TEST_CASE("a decision changes the state only when it is confirmed") {
  tusker::typed_aggregate<account> instance;
  auto decided = instance.decide(deposit_of(130), now());
  REQUIRE(decided);
  REQUIRE(decided->events.size() == 2);
  CHECK(decided->events[0].content.json == R"({"amount":100})");
  CHECK(decided->events[1].content.json == R"({"amount":30})");
  CHECK_FALSE(decided->rejection);
  CHECK(instance.state().balance == 0);
  instance.confirm();
  CHECK(instance.state().balance == 130);
  // Confirming again has nothing left to confirm.
  instance.confirm();
  CHECK(instance.state().balance == 130);
}

TEST_CASE("a discarded decision leaves the state as it was") {
  tusker::typed_aggregate<account> instance;
  REQUIRE(instance.decide(deposit_of(50), now()));
  instance.discard();
  instance.confirm();
  CHECK(instance.state().balance == 0);
}

TEST_CASE("only the last decision can be confirmed") {
  tusker::typed_aggregate<account> instance;
  REQUIRE(instance.decide(deposit_of(50), now()));
  REQUIRE(instance.decide(deposit_of(20), now()));
  instance.confirm();
  CHECK(instance.state().balance == 20);
  // A rejection, nothing and an error take the place of an earlier decision too.
  for (const auto& last :
       {deposit_of(-2), deposit_of(0), envelope("Nonsense", "{}"), envelope("Rename", "{}")}) {
    REQUIRE(instance.decide(deposit_of(50), now()));
    (void)instance.decide(last, now());
    instance.confirm();
    CHECK(instance.state().balance == 20);
  }
}

TEST_CASE("a rejection is given encoded and without events") {
  tusker::typed_aggregate<account> instance;
  auto decided = instance.decide(deposit_of(-2), now());
  REQUIRE(decided);
  CHECK(decided->events.empty());
  CHECK(decided->rejection ==
        tusker::encoded_message{"NoAmount", tusker::schema_version(1), R"({"why":"negative"})"});
}

TEST_CASE("a command that changes nothing gives neither events nor a rejection") {
  tusker::typed_aggregate<account> instance;
  auto decided = instance.decide(deposit_of(0), now());
  REQUIRE(decided);
  CHECK(decided->events.empty());
  CHECK_FALSE(decided->rejection);
}

TEST_CASE("timers are given encoded, for the command's target, with the command as their cause") {
  tusker::typed_aggregate<account> instance;
  auto command = deposit_of(50);
  command.meta.subject = "c-1";
  auto decided = instance.decide(command, now());
  REQUIRE(decided);
  CHECK(decided->events.size() == 1);
  REQUIRE(decided->timers.set.size() == 1);
  const auto& timer = decided->timers.set.front();
  CHECK(timer.owner == command.target);
  CHECK(timer.key.due == now_of_tests + 1h);
  auto content = tusker::timed_command_in(timer).value();
  CHECK(content.name == "interest");
  CHECK(content.command == deposit_of(1).content);
  CHECK(content.meta.subject == "c-1");
  CHECK(content.meta.causation_id == command.id.value());
  CHECK(content.meta.correlation_id == command.id.value());
}

TEST_CASE("a command that cannot be read is an error") {
  tusker::typed_aggregate<account> instance;
  CHECK(instance.decide(envelope("Deposits", "{}"), now()).error().code() ==
        tusker::model_errc::unknown_command_type);
  CHECK(instance.decide(envelope("Deposit", "{}", 9), now()).error().code() ==
        tusker::model_errc::unsupported_schema_version);
  CHECK(instance.decide(envelope("Deposit", "{}"), now()).error().code() ==
        tusker::model_errc::schema_mismatch);
}

TEST_CASE("events and rejections that JSON cannot hold are errors") {
  tusker::typed_aggregate<account> instance;
  CHECK(instance.decide(envelope("Rename", R"({"name":"x"})"), now()).error().code() ==
        tusker::model_errc::not_encodable);
  CHECK(instance.decide(deposit_of(-1), now()).error().code() == tusker::model_errc::not_encodable);
}

TEST_CASE("an aggregate's description names its messages and makes instances") {
  auto type = tusker::describe_aggregate<account>();
  CHECK(type.name == "account");
  CHECK(type.command_names == std::vector<std::string>{"Deposit", "Rename"});
  CHECK(type.event_names == std::vector<std::string>{"Deposited", "Renamed"});
  auto instance = type.make();
  REQUIRE(instance != nullptr);
  CHECK(instance->decide(deposit_of(1), now())->events.size() == 1);
}
