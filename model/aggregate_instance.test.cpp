#include <tusker/model/aggregate_instance.hpp>

#include <tusker_test/catch.hpp>

using namespace std::chrono_literals;

namespace {

auto envelope(std::string_view key) -> tusker::command_envelope {
  tusker::command_envelope command;
  command.id = tusker::command_id_from_key(tusker::timestamp(1s), "c");
  command.target = *tusker::stream_id::make("account", key);
  return command;
}

auto contents() -> std::vector<tusker::encoded_message> {
  return {{"First", tusker::schema_version(1), "{}"}, {"Second", tusker::schema_version(2), "[]"}};
}

} // namespace

TEST_CASE("the events of a command get the decision's time and the command as their cause") {
  auto command = envelope("1");
  command.meta.subject = "c-1";
  command.meta.user["tenant"] = "north";
  auto events = tusker::to_event_data(contents(), command, tusker::timestamp(5s));
  REQUIRE(events.size() == 2);
  for (const auto& event : events) {
    CHECK(event.time == tusker::timestamp(5s));
    CHECK(event.meta.causation_id == command.id.value());
    CHECK(event.meta.subject == "c-1");
    CHECK(event.meta.user.at("tenant") == "north");
  }
  CHECK(events[0].content.type == "First");
  CHECK(events[1].content.json == "[]");
}

TEST_CASE("a command without a correlation begins one") {
  auto command = envelope("1");
  CHECK(tusker::to_event_data(contents(), command, {})[0].meta.correlation_id == command.id.value());
  command.meta.correlation_id = tusker::command_id_from_key({}, "outer").value();
  CHECK(tusker::to_event_data(contents(), command, {})[0].meta.correlation_id == command.meta.correlation_id);
}

TEST_CASE("event ids differ by stream command and number and begin with their time") {
  auto time = tusker::timestamp(5s);
  auto id = tusker::derive_event_id(envelope("1"), time, 0);
  CHECK(id == tusker::derive_event_id(envelope("1"), time, 0));
  CHECK(id != tusker::derive_event_id(envelope("1"), time, 1));
  CHECK(id != tusker::derive_event_id(envelope("2"), time, 0));
  auto other = envelope("1");
  other.id = tusker::command_id_from_key(tusker::timestamp(1s), "d");
  CHECK(id != tusker::derive_event_id(other, time, 0));
  CHECK(tusker::time_of(id.value()) == time);
}
